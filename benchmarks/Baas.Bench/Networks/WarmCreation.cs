using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Cli.Output;

namespace Baas.Bench.Networks;

/// <summary>From the request to the ready network of two organizations, on a service that has made some before; with its phases.</summary>
internal static class WarmCreation
{
    // Until then the runtime still compiles what it has found to be used often.
    private const int WarmUps = 12;
    private const int Runs = 9;

    // What nothing but another batch timeout could shorten: approvals of all organizations in one block, then the commit.
    private static readonly Dictionary<string, double> Floors = new(StringComparer.Ordinal) { ["chaincodes"] = 2 * 0.2 };

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var service = await LiveService.StartAsync(cancellationToken);
        List<double> created = [];
        List<double> processor = [];
        Dictionary<string, List<double>> phases = [];
        for (var run = -WarmUps; run < Runs * (full ? 3 : 1); run++)
        {
            var name = $"net{run + WarmUps}";
            var before = Environment.CpuUsage.TotalTime;
            var (seconds, operation) = await service.CreateAsync(Specifications.TwoOrganizations(name), cancellationToken);
            var used = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            await service.DeleteAsync(name, cancellationToken);
            if (run < 0)
            {
                continue;
            }

            created.Add(seconds);
            processor.Add(used);
            foreach (var phase in OperationSummary.Phases(operation))
            {
                (phases.TryGetValue(phase.Name, out var known) ? known : phases[phase.Name] = []).Add(phase.Seconds);
            }
        }

        yield return new Measurement { Name = "two-orgs, request to ready, warm", Value = Statistics.Median(created), Unit = "s", Goal = new Goal(1.0), Note = $"median of {Statistics.Spread(created)}" };
        yield return new Measurement { Name = "  processor time", Value = Statistics.Median(processor), Unit = "s", Note = "service and sandbox together" };
        foreach (var (phase, seconds) in phases)
        {
            var floor = Floors.GetValueOrDefault(phase);
            var note = string.Create(CultureInfo.InvariantCulture, $"floor {floor:0.0} s{(floor > 0 ? ": two batch timeouts of 200 ms" : "")}");
            yield return new Measurement { Name = $"  phase {phase}", Value = Statistics.Median(seconds), Unit = "s", Note = note };
        }
    }
}
