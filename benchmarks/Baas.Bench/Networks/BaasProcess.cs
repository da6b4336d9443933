using System.Diagnostics;

namespace Baas.Bench.Networks;

/// <summary>The program <c>baas</c> as its users run it, built as this program is.</summary>
internal static class BaasProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="settings">The file of the user's settings.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(string settings, params string[] arguments)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.Combine(Specifications.Repository, "artifacts", "bin", "Baas.Cli", build, "baas.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Specifications.Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BAAS_CONFIG"] = settings, ["NO_COLOR"] = "1" },
        };
        return Process.Start(start) ?? throw new BenchException($"cannot start dotnet {program}");
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its seconds, and what it wrote to its output.</returns>
    public static async Task<(double Seconds, string Output)> RunAsync(string settings, string[] arguments, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var process = Start(settings, arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? (seconds, await output) : throw new BenchException($"baas {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }
}
