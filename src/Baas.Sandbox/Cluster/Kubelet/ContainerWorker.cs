using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Keeps one container of a pod running as its restart policy asks.</summary>
internal sealed class ContainerWorker
{
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(10);
    private const int MessageLines = 10;

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(2);

    private readonly KubeletContext _context;
    private readonly JsonObject _container;
    private readonly bool _isInit;
    private string Name => _container.Text("name") ?? "";

    /// <summary>Makes the worker of a container; an earlier status tells how often it was started.</summary>
    public ContainerWorker(KubeletContext context, JsonObject pod, JsonObject container, bool isInit)
    {
        (_context, _container, _isInit) = (context, container, isInit);
        var earlier = pod.Objects("status", isInit ? "initContainerStatuses" : "containerStatuses").FirstOrDefault(status => status.Text("name") == Name);
        Snapshot = new ContainerSnapshot
        {
            Name = Name,
            Image = container.Text("image") ?? "",
            State = ContainerSnapshot.Waiting(isInit ? "PodInitializing" : "ContainerCreating"),
            LastState = earlier.Object("lastState"),
            RestartCount = (int)(earlier.Number("restartCount") ?? 0),
        };
    }

    /// <summary>The container at this moment.</summary>
    public ContainerSnapshot Snapshot { get; private set; }

    /// <summary>Tells why the container does not run yet.</summary>
    public void Wait(string reason, string? message = null) => Snapshot = Snapshot with { State = ContainerSnapshot.Waiting(reason, message), IsReady = false };

    /// <summary>Runs the container, again and again if its policy says so. Ends when it is not to run any more, after a graceful end when cancelled.</summary>
    public async Task RunAsync(PodRun run, CancellationToken cancellationToken)
    {
        var crashes = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = _context.Clock.GetUtcNow();
            if (await PrepareAsync(run, cancellationToken) is not { } start)
            {
                return;
            }

            var exit = await RunOnceAsync(run, start.Runtime, start.Launch, start.Log, cancellationToken);
            if (cancellationToken.IsCancellationRequested || !IsRestarted(run.Pod, exit))
            {
                return;
            }

            crashes = _context.Clock.GetUtcNow() - began >= Stable ? 1 : crashes + 1;
            await BackOffAsync(run, crashes, cancellationToken);
        }
    }

    private bool IsRestarted(JsonObject pod, long exit) => pod.Text("spec", "restartPolicy") switch
    {
        "Never" => false,
        "OnFailure" => exit != 0,
        _ => !_isInit || exit != 0,
    };

    // The launch and the runtime that takes it; waits while something is missing. Null when cancelled.
    private async Task<(IContainerRuntime Runtime, ContainerLaunch Launch, ContainerLog Log)?> PrepareAsync(PodRun run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !cancellationToken.IsCancellationRequested; attempt++)
        {
            var change = run.Changes.Next;
            var image = Snapshot.Image;
            try
            {
                var bare = ContainerLaunches.Bare(_context, run.Pod, _container, run.Address);
                var runtime = _context.Runtimes.FirstOrDefault(candidate => candidate.CanRun(bare));
                if (runtime is not null)
                {
                    ContainerLog? log = null;
                    var launch = ContainerLaunches.For(_context, run, _container, line => log?.Write(line));
                    log = _context.Logs.Open(run.Pod.Uid, Name);
                    return (runtime, launch, log);
                }

                Refuse(run, _context.Runtimes.Select(candidate => candidate.Refusal(bare)).FirstOrDefault(refusal => refusal is not null), image, attempt);
            }
            catch (ConfigurationException missing)
            {
                Problem(run, "CreateContainerConfigError", missing.Message);
            }

            await WaitAsync(change, KubeletContext.Retries.After(attempt), cancellationToken);
        }

        return null;
    }

    // A refusal lasts until somebody changes this machine, so it is said in full each time.
    private void Refuse(PodRun run, string? refusal, string image, int attempt)
    {
        if (refusal is not null)
        {
            Problem(run, "ErrImageNeverPull", $"Failed to pull image \"{image}\": {refusal}");
        }
        else if (attempt == 1)
        {
            Problem(run, "ErrImagePull", $"Failed to pull image \"{image}\": nothing on this machine runs it; the sandbox runs the images of Fabric's nodes");
        }
        else
        {
            Problem(run, "ImagePullBackOff", $"Back-off pulling image \"{image}\"");
        }
    }

    private void Problem(PodRun run, string reason, string message)
    {
        Wait(reason, message);
        Warn(run, reason is "ImagePullBackOff" ? "BackOff" : "Failed", reason is "CreateContainerConfigError" ? $"Error: {message}" : message);
        run.Report();
    }

    private async Task<long> RunOnceAsync(PodRun run, IContainerRuntime runtime, ContainerLaunch launch, ContainerLog log, CancellationToken cancellationToken)
    {
        using var closing = log;
        var started = _context.Clock.GetUtcNow();
        IRunningContainer running;
        try
        {
            running = await runtime.StartAsync(launch, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure) // a border: whatever a program throws while it starts is the container's failure, not the cluster's
        {
            log.Write($"cannot start: {failure.Message}");
            Warn(run, "Failed", $"Error: failed to start container \"{Name}\": {failure.Message}");
            Ended(run, 128, "StartError", started, failure.Message);
            return 128;
        }

        await using (running)
        {
            Started(run, started);
            var reason = await UntilEndAsync(run, running, cancellationToken);
            var exit = await ExitAsync(running);
            Ended(run, exit, exit == 0 ? "Completed" : "Error", started, reason ?? LastWords(exit, log));
            return exit;
        }
    }

    private void Started(PodRun run, DateTimeOffset now)
    {
        var probes = ProbeSpec.Of(_container, "startupProbe") ?? ProbeSpec.Of(_container, "readinessProbe");
        Snapshot = Snapshot with
        {
            State = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Meta.Time(now) } },
            Id = string.Create(CultureInfo.InvariantCulture, $"baas://{run.Pod.Uid}/{Name}/{Snapshot.RestartCount}"),
            IsReady = !_isInit && probes is null,
            IsStarted = probes is null,
        };
        run.Report();
        Note(run, "Pulled", $"Container image \"{Snapshot.Image}\" already present on machine");
        Note(run, "Created", $"Created container: {Name}");
        Note(run, "Started", $"Started container {Name}");
    }

    // Waits for the end of the program, for a probe that wants its end, or for the pod's end. Gives the probe's reason.
    private async Task<string?> UntilEndAsync(PodRun run, IRunningContainer running, CancellationToken cancellationToken)
    {
        using var probing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probes = new ContainerProbes(_container, run.Address, _context.Clock, (started, ready) => Health(run, started, ready), message => Warn(run, "Unhealthy", message));
        var health = _isInit ? Task.Delay(Timeout.Infinite, probing.Token) : probes.RunAsync(probing.Token);
        await Task.WhenAny(running.Exited, health);
        var reason = health.IsCompletedSuccessfully && health is Task<string> verdict ? await verdict : null;
        await probing.CancelAsync();
        await Settled(health);
        if (!running.Exited.IsCompleted)
        {
            var why = reason is null ? $"Stopping container {Name}" : $"Container {Name} {reason}, will be restarted";
            Note(run, "Killing", why);
            await running.StopAsync(run.Grace());
        }

        return reason;
    }

    // A runtime that does not end in time is left behind when it is disposed.
    private static async Task<long> ExitAsync(IRunningContainer running)
    {
        try
        {
            return await running.Exited.WaitAsync(KillLimit);
        }
        catch (TimeoutException)
        {
            return 137;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // a border: the program's own end by an exception
        {
            return 1;
        }
    }

    // terminationMessagePolicy: what a failed program printed last tells best why.
    private string? LastWords(long exit, ContainerLog log) =>
        exit != 0 && _container.Text("terminationMessagePolicy") == "FallbackToLogsOnError" && log.Last(MessageLines) is { Length: > 0 } words ? words : null;

    private void Health(PodRun run, bool isStarted, bool isReady)
    {
        if (Snapshot.IsRunning && (Snapshot.IsStarted != isStarted || Snapshot.IsReady != isReady))
        {
            Snapshot = Snapshot with { IsStarted = isStarted, IsReady = isReady };
            run.Report();
        }
    }

    private void Ended(PodRun run, long exit, string reason, DateTimeOffset started, string? message)
    {
        var terminated = new JsonObject
        {
            ["exitCode"] = exit,
            ["reason"] = reason,
            ["startedAt"] = Meta.Time(started),
            ["finishedAt"] = Meta.Time(_context.Clock.GetUtcNow()),
        };
        if (message is not null)
        {
            terminated["message"] = message;
        }

        Snapshot = Snapshot with { State = new JsonObject { ["terminated"] = terminated }, IsReady = false, IsStarted = false };
        run.Report();
    }

    // The first restart comes at once, the later ones after a growing delay.
    private async Task BackOffAsync(PodRun run, int crashes, CancellationToken cancellationToken)
    {
        Snapshot = Snapshot with { LastState = Snapshot.State, RestartCount = Snapshot.RestartCount + 1 };
        if (crashes > 1)
        {
            var delay = KubeletContext.Crashes.After(crashes - 1);
            Wait("CrashLoopBackOff", $"back-off {delay.TotalSeconds:0}s restarting failed container={Name} pod={run.Pod.Name}_{run.Pod.Namespace}({run.Pod.Uid})");
            Warn(run, "BackOff", $"Back-off restarting failed container {Name} in pod {run.Pod.Name}_{run.Pod.Namespace}({run.Pod.Uid})");
            run.Report();
            await Settled(Task.Delay(delay, _context.Clock, cancellationToken));
        }
    }

    private async Task WaitAsync(Task change, TimeSpan delay, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(change, Task.Delay(delay, _context.Clock, ending.Token));
        await ending.CancelAsync();
    }

    private static Task Settled(Task task) =>
        task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void Note(PodRun run, string reason, string message) => _context.Events.Normal(ClusterKinds.Pods, run.Pod, reason, message);

    private void Warn(PodRun run, string reason, string message) => _context.Events.Warning(ClusterKinds.Pods, run.Pod, reason, message);
}
