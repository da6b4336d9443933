using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Cli.Output;
using Baas.Sandbox;

namespace Baas.Bench.Networks;

/// <summary>
/// The network of examples/two-orgs.yaml on Fabric's own programs: by a service that runs already, and, turn about, by a script that does the same with Fabric's own tools.
/// </summary>
internal static class RealCreation
{
    private const int WarmUps = 2;
    private const int Runs = 5;

    // Raft's node that is picked begins to campaign after two heartbeats of 500 ms (orderer/consensus/etcdraft/node.go).
    private const double Election = 1.0;

    // Of the specification, and of the script's configtx.yaml.
    private const double BatchTimeout = 0.2;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var runs = new RealRuns();
        await using (var service = await LiveService.StartAsync(SandboxNodes.Process, new Dictionary<string, string?>(), cancellationToken))
        {
            for (var run = -WarmUps; run < Runs * (full ? 3 : 1); run++)
            {
                var name = $"net{run + WarmUps}";
                var (seconds, operation) = await service.CreateAsync(Specifications.TwoOrganizations(name), cancellationToken);
                await service.DeleteAsync(name, cancellationToken);
                var script = await FabricScript.RunAsync(cancellationToken);
                if (run >= 0)
                {
                    runs.Add(seconds, OperationSummary.Phases(operation), script);
                }
            }
        }

        foreach (var measurement in Compare(runs))
        {
            yield return measurement;
        }

        yield return await MemoryAsync(cancellationToken);
    }

    private static IEnumerable<Measurement> Compare(RealRuns runs)
    {
        var (baas, script) = (Statistics.Median(runs.Baas), Statistics.Median(runs.Script));
        var start = Statistics.Median(runs.ScriptPhases["nodes"]);
        var floor = start + Election + (2 * BatchTimeout);
        yield return new Measurement { Name = "real two-orgs, request to chaincode", Value = baas, Unit = "s", Note = $"median of {Statistics.Spread(runs.Baas)}" };
        yield return new Measurement { Name = "  the same by Fabric's tools in a script", Value = script, Unit = "s", Note = $"median of {Statistics.Spread(runs.Script)}" };
        yield return new Measurement { Name = "  Baas to script", Value = baas / script, Unit = "x", Goal = new Goal(0.35) };
        yield return new Measurement { Name = "  physical floor", Value = floor, Unit = "s", Note = Text($"start of 7 programs {start:0.00}, first election {Election:0.0}, two batch timeouts of {BatchTimeout:0.0}") };
        foreach (var (phase, seconds) in runs.BaasPhases)
        {
            yield return new Measurement { Name = $"  Baas: phase {phase}", Value = Statistics.Median(seconds), Unit = "s", Note = NoteOf(phase, start) };
        }

        foreach (var (phase, seconds) in runs.ScriptPhases)
        {
            yield return new Measurement { Name = $"  script: {phase}", Value = Statistics.Median(seconds), Unit = "s" };
        }
    }

    private static string NoteOf(string phase, double start) => phase switch
    {
        "nodes" => Text($"floor {start:0.00} s: the programs' start"),
        "chaincodes" => Text($"floor {Election + (2 * BatchTimeout):0.0} s: the election, which begins with the channel, and two batch timeouts"),
        _ => "floor 0.0 s",
    };

    // As users run it: service and sandbox in one process, the nodes in others.
    private static async Task<Measurement> MemoryAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        using var process = BaasProcess.Start(folder.In("settings.json"), "up", "--nodes", "process", "--port", "0", "--data", folder.In("data"), "-f", Path.Combine("examples", "two-orgs.yaml"));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line && !line.StartsWith("serving until", StringComparison.Ordinal))
        {
            // What it tells of its steps is of no interest here.
        }

        process.Refresh();
        var resident = process.WorkingSet64 / 1024.0 / 1024.0;
        using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(cancellationToken);
        _ = await output;
        return new Measurement { Name = "memory of baas up with that network", Value = resident, Unit = "MiB", Goal = new Goal(150), Note = "resident, right after creation; the nodes are processes of their own" };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class RealRuns
    {
        public List<double> Baas { get; } = [];

        public List<double> Script { get; } = [];

        public Dictionary<string, List<double>> BaasPhases { get; } = [];

        public Dictionary<string, List<double>> ScriptPhases { get; } = [];

        public void Add(double baas, IEnumerable<PhaseTime> phases, IReadOnlyList<(string Name, double Seconds)> script)
        {
            Baas.Add(baas);
            Script.Add(script.Sum(phase => phase.Seconds));
            foreach (var phase in phases)
            {
                Put(BaasPhases, phase.Name, phase.Seconds);
            }

            foreach (var (name, seconds) in script)
            {
                Put(ScriptPhases, name, seconds);
            }
        }

        private static void Put(Dictionary<string, List<double>> all, string name, double seconds) =>
            (all.TryGetValue(name, out var known) ? known : all[name] = []).Add(seconds);
    }
}
