using System.Diagnostics;
using System.Globalization;
using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary>benchmarks/fabric-tools.sh: the network of examples/two-orgs.yaml with cryptogen, configtxgen, osnadmin and peer.</summary>
internal static class FabricScript
{
    /// <summary>The folder of Fabric's programs.</summary>
    /// <exception cref="BenchException">The variable is not set.</exception>
    public static string Programs => Environment.GetEnvironmentVariable("BAAS_FABRIC_BIN") is { Length: > 0 } folder
        ? folder
        : throw new BenchException("cannot measure real nodes: set BAAS_FABRIC_BIN to the bin folder of a release of Fabric");

    /// <summary>The commands of Fabric's documentation, one after the other.</summary>
    public const string Documented = "documented";

    /// <summary>Only what is needed, and all of it at once that can be.</summary>
    public const string SideBySide = "side-by-side";

    /// <summary>The documented commands with the pauses that Fabric's test network makes between them.</summary>
    public const string TestNetwork = "test-network";

    /// <summary>Runs it once.</summary>
    /// <param name="mode"><see cref="Documented"/>, <see cref="SideBySide"/> or <see cref="TestNetwork"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its phases in their order.</returns>
    public static async Task<IReadOnlyList<(string Name, double Seconds)>> RunAsync(string mode, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var start = new ProcessStartInfo("bash", [Path.Combine(Specifications.Repository, "benchmarks", "fabric-tools.sh"), Programs, folder.Path, mode]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new BenchException("cannot start bash");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words => (words[0], double.Parse(words[1], CultureInfo.InvariantCulture)))]
            : throw new BenchException($"benchmarks/fabric-tools.sh ended with {process.ExitCode}");
    }
}
