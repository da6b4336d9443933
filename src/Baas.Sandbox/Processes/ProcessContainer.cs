using System.ComponentModel;
using System.Diagnostics;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Processes;

/// <summary>A program of this machine that runs as a container.</summary>
internal sealed class ProcessContainer : IRunningContainer
{
    // What the program has printed comes through its pipe soon; a child of it that holds the pipe must not hold the container.
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly string _folder;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProcessContainer(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <inheritdoc/>
    public Task<int> Exited { get; private set; } = Task.FromResult(0);

    /// <summary>Starts a program.</summary>
    /// <param name="start">The program. Its output is redirected and its environment marked.</param>
    /// <param name="folder">The container's folder, where the process is noted.</param>
    /// <param name="log">Takes the lines that it prints.</param>
    /// <exception cref="SandboxException">It does not start.</exception>
    public static ProcessContainer Start(ProcessStartInfo start, string folder, Action<string> log)
    {
        Directory.CreateDirectory(folder);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment[ProcessNote.Mark] = folder;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var container = new ProcessContainer(process, folder);
        process.Exited += (_, _) => container._ended.TrySetResult();
        try
        {
            process.Start();
            ProcessNote.Of(process)?.Write(folder);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            process.Dispose();
            throw new SandboxException("program-not-started", $"cannot start program \"{start.FileName}\": {failure.Message}", failure);
        }

        process.StandardInput.Close();
        container.Exited = container.WaitAsync(log);
        return container;
    }

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan grace)
    {
        if (grace > TimeSpan.Zero && Signals.Terminate(_process))
        {
            await Task.WhenAny(Exited, Task.Delay(grace));
        }

        Kill();
        await Exited;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!_ended.Task.IsCompleted)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile; what it has started is found by its mark.
        }
    }

    private async Task<int> WaitAsync(Action<string> log)
    {
        using var limit = new CancellationTokenSource();
        var output = Task.WhenAll(new[] { _process.StandardOutput, _process.StandardError }.Select(pipe => OutputPump.RunAsync(pipe.BaseStream, log, limit.Token)));
        await _ended.Task;
        ProcessLeftovers.EndMarked(mark => mark == _folder);
        limit.CancelAfter(OutputLimit);
        await output;
        ProcessNote.Forget(_folder);
        return _process.ExitCode;
    }
}
