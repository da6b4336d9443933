using Baas.Sandbox;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Core.Health;
using Baas.Core.Operations.Health;

namespace Baas.Bench.Networks;

/// <summary>One look at five hundred networks: each has an orderer, a peer and a channel, and all of them are asked.</summary>
internal static class HealthSweeps
{
    private const int Networks = 500;
    private const int AtATime = 16;
    private const int Runs = 3;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The timer's own looks would come in between.
        await using var service = await LiveService.StartAsync(SandboxNodes.Emulated, new Dictionary<string, string?> { ["health:enabled"] = "false" }, cancellationToken);
        await Parallel.ForAsync(0, Networks, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (number, token) =>
            await service.CreateAsync(full ? Specifications.Small($"net{number}") : Specifications.Ledger($"net{number}"), token));

        var sweep = service.Get<HealthSweep>();
        var first = await LookAsync(sweep, cancellationToken);
        List<double> later = [];
        for (var run = 0; run < Runs; run++)
        {
            later.Add(await LookAsync(sweep, cancellationToken));
        }

        yield return new Measurement { Name = $"{Networks} networks looked at, the first time", Value = first, Unit = "s", Goal = new Goal(60), Note = "with a TLS handshake for every node" };
        yield return new Measurement { Name = $"{Networks} networks looked at", Value = Statistics.Median(later), Unit = "s", Goal = new Goal(60), Note = $"median of {Statistics.Spread(later)}" };
    }

    private static async Task<double> LookAsync(HealthSweep sweep, CancellationToken cancellationToken)
    {
        var report = await sweep.RunAsync(cancellationToken);
        var sick = report.Networks.FirstOrDefault(network => network.State != HealthState.Healthy);
        return report.Networks.Count == Networks && sick is null
            ? report.Duration.TotalSeconds
            : throw new BenchException($"{report.Networks.Count} networks were looked at; {sick?.Network} is {sick?.State}: {sick?.AllFindings.FirstOrDefault()}");
    }
}
