using System.Diagnostics;

namespace Baas.Core.Tests.Pki;

/// <summary>The openssl program, when the machine has it: it judges certificates with another hand than the platform's.</summary>
internal static class OpenSsl
{
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "openssl")) || File.Exists(Path.Combine(folder, "openssl.exe")));

    /// <summary>Runs it in a folder and gives its exit code and all that it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output + await errors);
    }
}
