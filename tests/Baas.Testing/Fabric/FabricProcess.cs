using System.Collections.Concurrent;
using System.Diagnostics;

namespace Baas.Testing.Fabric;

/// <summary>A program that serves on loopback until it is disposed, such as one of Fabric's own nodes.</summary>
public sealed class FabricProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _readyText;

    private FabricProcess(Process process, string readyText)
    {
        _process = process;
        _readyText = readyText;
    }

    /// <summary>What it has logged, for the message of a failed test.</summary>
    public string Log => string.Join('\n', _log.TakeLast(60));

    /// <summary>Starts a program, by its path or its name, and waits until it says that it is ready.</summary>
    public static async Task<FabricProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, string readyText, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var node = new FabricProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, readyText);
        await node.BeginAsync(cancellationToken);
        return node;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{_process.StartInfo.FileName} stopped: {Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _ready.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (line.Contains(_readyText, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
