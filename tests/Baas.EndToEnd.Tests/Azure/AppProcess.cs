using System.Collections.Concurrent;
using System.Diagnostics;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>The function app as processes: the stand-in for its host, and its worker, which is the host's child.</summary>
internal sealed class AppProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _host;
    private readonly Task<string> _messages;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentStack<int> _workers = new();

    private AppProcess(Process host)
    {
        _host = host;
        _messages = host.StandardError.ReadToEndAsync();
        _ = ReadAsync();
    }

    /// <summary>Starts both, and waits until the worker has loaded its functions.</summary>
    public static async Task<(AppProcess App, Uri Address)> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Baas.FunctionsHost.dll"), "host"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        AppProcess app = new(Process.Start(start) ?? throw new InvalidOperationException("cannot start dotnet"));
        return (app, await app._address.Task.WaitAsync(Patience));
    }

    /// <summary>Ends worker and host at once, by SIGKILL.</summary>
    /// <returns>What they have logged.</returns>
    public async Task<string> KillAsync()
    {
        _host.Kill(entireProcessTree: true);
        await _host.WaitForExitAsync();
        return await _messages;
    }

    /// <summary>Ends the worker by SIGKILL; the host starts another.</summary>
    public async Task KillWorkerAsync()
    {
        if (_workers.TryPeek(out var id))
        {
            using var worker = Process.GetProcessById(id);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        if (!_host.HasExited)
        {
            _host.Kill(entireProcessTree: true);
            _host.WaitForExit(TimeSpan.FromSeconds(10));
        }

        _host.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _host.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("worker ", StringComparison.Ordinal))
            {
                _workers.Push(int.Parse(line["worker ".Length..], System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (Uri.TryCreate(line, UriKind.Absolute, out var address))
            {
                _address.TrySetResult(address);
            }
        }

        _address.TrySetException(new InvalidOperationException($"the app ended: {await _messages}"));
    }
}
