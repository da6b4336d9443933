using System.Collections.Concurrent;
using System.Diagnostics;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>The program <c>baas</c> as a process of its own, as users run it.</summary>
internal sealed class BaasProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;
    private (string Text, TaskCompletionSource Seen)? _awaited;

    private BaasProgram(Process process) => _process = process;

    /// <summary>What it has printed.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it keeps the user's settings.</param>
    /// <param name="environment">More variables; an empty value removes one.</param>
    /// <param name="arguments">The command line.</param>
    public static BaasProgram Start(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "baas.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["BAAS_CONFIG"] = Path.Combine(folder, "settings.json");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value.Length > 0 ? value : null;
        }

        var program = new BaasProgram(new Process { StartInfo = start, EnableRaisingEvents = true });
        program._process.OutputDataReceived += (_, line) => program.Read(line.Data);
        program._process.ErrorDataReceived += (_, line) => program.Read(line.Data);
        program._process.Exited += (_, _) => program._ended.TrySetResult();
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        await using var program = Start(folder, environment, arguments);
        return (await program.ExitAsync(), program.Output);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until it prints a text.</summary>
    public async Task UntilAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = (text, seen);
        if (!Output.Contains(text, StringComparison.Ordinal))
        {
            var first = await Task.WhenAny(seen.Task, _ended.Task).WaitAsync(Limit);
            Assert.True(first == seen.Task, $"baas ended before it printed \"{text}\": {Output}");
        }
    }

    /// <summary>Ends it without a warning, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            using var ask = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(30)));
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (_awaited is { } awaited && line.Contains(awaited.Text, StringComparison.Ordinal))
        {
            awaited.Seen.TrySetResult();
        }
    }
}
