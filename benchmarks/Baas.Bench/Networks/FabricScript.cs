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

    /// <summary>Runs it once.</summary>
    /// <returns>Its phases in their order.</returns>
    public static async Task<IReadOnlyList<(string Name, double Seconds)>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var start = new ProcessStartInfo("bash", [Path.Combine(Specifications.Repository, "benchmarks", "fabric-tools.sh"), Programs, folder.Path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new BenchException("cannot start bash");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words => (words[0], double.Parse(words[1], CultureInfo.InvariantCulture)))]
            : throw new BenchException($"benchmarks/fabric-tools.sh ended with {process.ExitCode}");
    }
}
