using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Cli.Output;
using Baas.Sandbox;

namespace Baas.Bench.Networks;

/// <summary>
/// The network of examples/two-orgs.yaml on Fabric's own programs: by a service that runs already, and, turn about, by scripts that do the same with Fabric's own tools.
/// </summary>
internal static class RealCreation
{
    private const int WarmUps = 2;
    private const int Runs = 5;

    // Raft's node that is picked begins to campaign after two heartbeats of 500 ms (orderer/consensus/etcdraft/node.go).
    private const double Election = 1.0;

    // Of the specification, and of the script's configtx.yaml.
    private const double BatchTimeout = 0.2;

    private const double RatioGoal = 0.35;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (baas, documented, sideBySide) = (new RealRuns(), new RealRuns(), new RealRuns());
        await using (var service = await LiveService.StartAsync(SandboxNodes.Process, new Dictionary<string, string?>(), cancellationToken))
        {
            for (var run = -WarmUps; run < Runs * (full ? 3 : 1); run++)
            {
                var name = $"net{run + WarmUps}";
                var (seconds, operation) = await service.CreateAsync(Specifications.TwoOrganizations(name), cancellationToken);
                await service.DeleteAsync(name, cancellationToken);
                var scripts = (await FabricScript.RunAsync(FabricScript.Documented, cancellationToken), await FabricScript.RunAsync(FabricScript.SideBySide, cancellationToken));
                if (run >= 0)
                {
                    baas.Add(seconds, OperationSummary.Phases(operation).Select(phase => (phase.Name, phase.Seconds)));
                    documented.Add(scripts.Item1);
                    sideBySide.Add(scripts.Item2);
                }
            }
        }

        foreach (var measurement in Compare(baas, documented, sideBySide))
        {
            yield return measurement;
        }

        var patient = (await FabricScript.RunAsync(FabricScript.TestNetwork, cancellationToken)).Sum(phase => phase.Seconds);
        yield return new Measurement { Name = "  by Fabric's tools, as its test network runs them", Value = patient, Unit = "s", Note = "one run; 11 pauses of 3 s, its CLI_DELAY" };
        yield return new Measurement { Name = "  Baas to that script", Value = baas.Median / patient, Unit = "x", Note = "its pauses are most of it" };

        await foreach (var measurement in ServiceMemory.MeasureAsync(cancellationToken))
        {
            yield return measurement;
        }
    }

    private static IEnumerable<Measurement> Compare(RealRuns baas, RealRuns documented, RealRuns sideBySide)
    {
        var start = Statistics.Median(sideBySide.Phases["nodes"]);
        var floor = start + Election + (2 * BatchTimeout);
        yield return baas.Total("real two-orgs, request to chaincode");
        yield return documented.Total("  by Fabric's tools, as Fabric documents it");
        yield return new Measurement { Name = "  Baas to that script", Value = baas.Median / documented.Median, Unit = "x", Goal = new Goal(RatioGoal), Note = Text($"the floor alone is {floor / documented.Median:0.00} of it") };
        yield return sideBySide.Total("  by Fabric's tools, everything side by side");
        var ratio = baas.Median / sideBySide.Median;
        yield return new Measurement { Name = "  Baas to that script", Value = ratio, Unit = "x", Note = Text($"{RatioGoal} is {(ratio <= RatioGoal ? "" : "not ")}reached against it; the floor alone is {floor / sideBySide.Median:0.00} of it") };
        yield return new Measurement { Name = "  physical floor", Value = floor, Unit = "s", Note = Text($"start of 7 programs {start:0.00}, first election {Election:0.0}, two batch timeouts of {BatchTimeout:0.0}") };
        foreach (var measurement in baas.Parts("Baas: phase", phase => NoteOf(phase, start)).Concat(documented.Parts("documented:", _ => "")).Concat(sideBySide.Parts("side by side:", _ => "")))
        {
            yield return measurement;
        }
    }

    private static string NoteOf(string phase, double start) => phase switch
    {
        "nodes" => Text($"floor {start:0.00} s: the programs' start"),
        "chaincodes" => Text($"floor {Election + (2 * BatchTimeout):0.0} s: the election, which begins with the channel, and two batch timeouts"),
        _ => "floor 0.0 s",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How long one way took, each time.</summary>
    private sealed class RealRuns
    {
        private readonly List<double> _totals = [];

        public double Median => Statistics.Median(_totals);

        public Dictionary<string, List<double>> Phases { get; } = [];

        public void Add(IReadOnlyList<(string Name, double Seconds)> phases) => Add(phases.Sum(phase => phase.Seconds), phases);

        public void Add(double total, IEnumerable<(string Name, double Seconds)> phases)
        {
            _totals.Add(total);
            foreach (var (name, seconds) in phases)
            {
                (Phases.TryGetValue(name, out var known) ? known : Phases[name] = []).Add(seconds);
            }
        }

        public Measurement Total(string name) => new() { Name = name, Value = Median, Unit = "s", Note = $"median of {Statistics.Spread(_totals)}" };

        public IEnumerable<Measurement> Parts(string prefix, Func<string, string> note) =>
            Phases.Select(phase => new Measurement { Name = $"  {prefix} {phase.Key}", Value = Statistics.Median(phase.Value), Unit = "s", Note = note(phase.Key) });
    }
}
