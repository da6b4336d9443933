using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Takes one pod from its admission to its removal.</summary>
internal sealed class PodWorker : IDisposable
{
    private const string EmulatedLabel = "baas.dev/emulated";

    private readonly KubeletContext _context;
    private readonly ObjectKey _key;
    private readonly string _uid;
    private readonly PodVolumes _volumes;
    private readonly IReadOnlyList<ContainerWorker> _initContainers;
    private readonly IReadOnlyList<ContainerWorker> _containers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _reporting = new();
    private readonly Lock _adopting = new();
    private readonly WakeUp _changes = new();
    private JsonObject _pod;
    private System.Net.IPAddress? _address;
    private TimeSpan _grace = TimeSpan.FromSeconds(30);
    private bool? _hasSucceeded;
    private bool _isEnding;

    /// <summary>Makes the worker; nothing happens before <see cref="Start"/>.</summary>
    public PodWorker(KubeletContext context, JsonObject pod)
    {
        (_context, _pod, _uid) = (context, pod, pod.Uid);
        _key = new ObjectKey(ClusterKinds.Pods, pod.Namespace, pod.Name);
        _volumes = new PodVolumes(context);
        _initContainers = [.. pod.Objects("spec", "initContainers").Select(container => new ContainerWorker(context, pod, container, isInit: true))];
        _containers = [.. pod.Objects("spec", "containers").Select(container => new ContainerWorker(context, pod, container, isInit: false))];
    }

    /// <summary>Completes when nothing of the pod runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>The pod as it was last seen.</summary>
    public JsonObject Pod => _pod;

    /// <summary>Tells that the programs of an earlier process do not run any more.</summary>
    public void ReportInterrupted()
    {
        _address = System.Net.IPAddress.TryParse(_pod.Text("status", "podIP"), out var address) ? address : null;
        Report();
    }

    /// <summary>Begins.</summary>
    public void Start() => Completion = Task.Run(RunAsync);

    /// <summary>Something that the pod refers to has changed.</summary>
    public void Wake() => _changes.Signal();

    /// <summary>Takes the pod's newest version; a pod that is to be deleted is ended.</summary>
    public void Update(JsonObject pod)
    {
        Adopt(pod);
        if (pod.IsDeleting)
        {
            End(TimeSpan.FromSeconds(pod.Number("metadata", "deletionGracePeriodSeconds") ?? 30));
        }
    }

    /// <summary>Ends the pod's programs.</summary>
    public void End(TimeSpan grace)
    {
        _grace = grace;
        _isEnding = true;
        _stopping.Cancel();
    }

    /// <summary>Renews the files of Secrets and ConfigMaps.</summary>
    /// <exception cref="ConfigurationException">One of them is gone.</exception>
    public void RenewVolumes() => _volumes.Lay(_pod);

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        for (var attempt = 1; !await TryRunAsync() && !_stopping.IsCancellationRequested; attempt++)
        {
            await PauseAsync(_changes.Next, attempt);
        }

        if (_hasSucceeded is not null)
        {
            _context.Network.ReleasePod(_uid);
        }
    }

    private async Task<bool> TryRunAsync()
    {
        try
        {
            if (await PrepareAsync() is { } run)
            {
                await RunContainersAsync(run);
            }

            return true;
        }
        catch (Exception failure) // a border: one pod's fault does not end the cluster
        {
            Log.PodFailed(_context.Logger, _key.ToString(), failure);
            _context.Events.Warning(ClusterKinds.Pods, _pod, "FailedCreatePodSandBox", failure.Message);
            return false;
        }
    }

    // Waits for the change, for the pod's end or for as long as the attempt asks, whatever comes first.
    private async Task PauseAsync(Task change, int attempt)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(change, Task.Delay(KubeletContext.Retries.After(attempt), _context.Clock, ending.Token));
        await ending.CancelAsync();
    }

    private async Task RunContainersAsync(PodRun run)
    {
        var stop = _stopping.Token;
        foreach (var container in _initContainers)
        {
            await container.RunAsync(run, stop);
            if (container.Snapshot.ExitCode is not 0)
            {
                Finish(false);
                return;
            }
        }

        await Task.WhenAll(_containers.Select(container => container.RunAsync(run, stop)));
        Finish(_containers.All(container => container.Snapshot.ExitCode is 0));
    }

    private void Finish(bool hasSucceeded)
    {
        if (!_isEnding)
        {
            _hasSucceeded = hasSucceeded;
            Report();
        }
    }

    // Schedules the pod, gives it an address and lays its volumes out; waits for what is missing. Null when it is ended before.
    private async Task<PodRun?> PrepareAsync()
    {
        for (var attempt = 1; !_stopping.IsCancellationRequested; attempt++)
        {
            var change = _changes.Next;
            try
            {
                if (Prepare() is { } run)
                {
                    return run;
                }
            }
            catch (Exception failure) when (failure is ConfigurationException or IOException or UnauthorizedAccessException or SandboxException)
            {
                _context.Events.Warning(ClusterKinds.Pods, _pod, "FailedMount", $"MountVolume.SetUp failed: {failure.Message}");
                foreach (var container in _containers)
                {
                    container.Wait("ContainerCreating", failure.Message);
                }

                Report();
            }

            await PauseAsync(change, attempt);
        }

        return null;
    }

    private PodRun? Prepare()
    {
        if (!Schedule())
        {
            return null;
        }

        _address = _context.Network.TakeForPod(_pod);
        if (_address is null)
        {
            return null;
        }

        // The status with the address comes first: files and variables may quote it.
        Report();
        return new PodRun
        {
            Pod = _pod,
            Address = _address,
            Volumes = _volumes.Lay(_pod),
            Changes = _changes,
            Report = Report,
            Grace = () => _grace,
        };
    }

    private bool Schedule()
    {
        if (_pod.Text("spec", "nodeName") is { Length: > 0 })
        {
            return true;
        }

        var isEmulated = _pod.Objects("spec", "containers").Any(container => _context.Runtimes
            .FirstOrDefault(runtime => runtime.CanRun(ContainerLaunches.Bare(_context, _pod, container, _context.NodeAddress))) is { IsEmulated: true });
        var scheduled = _context.Store.Change(_key, pod =>
        {
            if (pod.Uid != _uid)
            {
                return null;
            }

            pod.Ensure("spec")["nodeName"] = _context.NodeName;
            if (isEmulated)
            {
                pod.Ensure("metadata").Ensure("labels")[EmulatedLabel] = "true";
            }

            return pod;
        });
        if (scheduled is null || scheduled.Uid != _uid)
        {
            return false;
        }

        Adopt(scheduled);
        _context.Events.Normal(ClusterKinds.Pods, _pod, "Scheduled", $"Successfully assigned {_pod.Namespace}/{_pod.Name} to {_context.NodeName}");
        return true;
    }

    private void Report()
    {
        lock (_reporting)
        {
            var status = new PodStatus
            {
                InitContainers = [.. _initContainers.Select(container => container.Snapshot)],
                Containers = [.. _containers.Select(container => container.Snapshot)],
                Address = _address,
                HostAddress = _context.NodeAddress,
                HasSucceeded = _hasSucceeded,
            };
            var written = _context.Store.Change(_key, pod =>
            {
                if (pod.Uid != _uid)
                {
                    return null;
                }

                pod["status"] = status.For(pod, _context.Clock.GetUtcNow());
                return pod;
            }, status: true);
            if (written is not null && written.Uid == _uid)
            {
                Adopt(written);
            }
        }
    }

    // Changes are told a moment after they are made: an older version must not replace what this worker has just written.
    private void Adopt(JsonObject pod)
    {
        lock (_adopting)
        {
            if (RevisionOf(pod) >= RevisionOf(_pod))
            {
                _pod = pod;
            }
        }
    }

    private static long RevisionOf(JsonObject pod) =>
        long.TryParse(pod.Text("metadata", "resourceVersion"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}
