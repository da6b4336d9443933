using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>One run of an exec plugin: the only place where this process starts another, and without a shell.</summary>
internal static class ExecRun
{
    private const int MaxOutput = 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the plugin to its end.</summary>
    /// <exception cref="KubernetesException">It is not there, failed, or hung (<c>exec-plugin-failed</c>).</exception>
    public static async Task<ExecAnswer> StartAsync(ExecPlugin plugin, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var process = Start(plugin);
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, either.Token);
            var errors = ReadAsync(process.StandardError, either.Token);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(either.Token));
            return process.ExitCode == 0
                ? ExecAnswer.Parse(plugin, await output)
                : throw Failures.Plugin(plugin.Command, $"it ended with code {process.ExitCode}{LastLine(await errors)}", isTransient: true);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.Plugin(plugin.Command, $"it did not end within {Limit.TotalSeconds} s", isTransient: true, failure);
        }
        finally
        {
            Kill(process);
        }
    }

    private static Process Start(ExecPlugin plugin)
    {
        var start = new ProcessStartInfo(plugin.Command, plugin.Arguments)
        {
            CreateNoWindow = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw Failures.Plugin(plugin.Command, "it did not start", isTransient: true);
        }
        catch (Win32Exception failure)
        {
            var hint = plugin.InstallHint is { } text ? $"; {Messages.OneLine(text, 300)}" : "";
            throw Failures.Plugin(plugin.Command, $"it cannot be started{hint}", isTransient: false, failure);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (var read = await reader.ReadAsync(buffer, cancellationToken); read > 0; read = await reader.ReadAsync(buffer, cancellationToken))
        {
            // Past the limit it is read on and dropped, so that the plugin does not block on a full pipe.
            text.Append(buffer, 0, Math.Min(read, MaxOutput - text.Length));
        }

        return text.ToString();
    }

    private static string LastLine(string errors) =>
        errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? $": {Messages.OneLine(last, 200)}" : "";

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // It has ended, which is all that is wanted.
        }
    }
}
