using System.Diagnostics;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>One run of <c>baas up --once --json</c>, as a process of its own.</summary>
internal sealed class UpProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _messages;

    private UpProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _messages = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Gets the data folder, the specification and the settings.</param>
    public static UpProcess Start(string folder)
    {
        Directory.CreateDirectory(folder);
        var specification = Path.Combine(folder, "small.yaml");
        if (!File.Exists(specification))
        {
            File.WriteAllText(specification, SmallNetwork.Specification(UpFolder.Network));
        }

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "baas.dll"), "up", "--once", "--json", "--data", UpFolder.DataOf(folder), "-f", specification])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BAAS_CONFIG"] = Path.Combine(folder, "config.json") },
        };
        return new UpProcess(Process.Start(start) ?? throw new InvalidOperationException("cannot start dotnet"));
    }

    /// <summary>Lets it run for so long, then kills it with SIGKILL.</summary>
    /// <returns>Whether it was killed; false when it had ended before.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan time)
    {
        using var moment = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(moment.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            return _process.ExitCode != 0; // else it ended by itself at that very moment
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Messages)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, await _output, await _messages);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
