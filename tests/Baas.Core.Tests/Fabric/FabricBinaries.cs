using System.Diagnostics;

namespace Baas.Core.Tests.Fabric;

/// <summary>Fabric's own programs, when the machine has them: they judge what this code makes.</summary>
internal static class FabricBinaries
{
    public const string Variable = "BAAS_FABRIC_BIN";

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Runs one of them to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var start = new ProcessStartInfo(Path.Combine(Folder!, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program}: {await errors}");
    }
}
