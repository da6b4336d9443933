using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Bench.Networks;
using Baas.Sandbox;

namespace Baas.Bench.Gateway;

/// <summary>
/// The gateway client beside Fabric's own for Node, turn about, on the same network of Fabric's own programs. Both talk to the peer directly; the service has nothing to do meanwhile.
/// </summary>
internal static class GatewayClients
{
    private const int Concurrent = 50;
    private const int Rounds = 6;
    private const string Network = "gateway";
    private const double MemoryGoal = 0.5;

    // The last one runs inside the peer: without the chaincode's program, which is written for Node and takes most of the time otherwise.
    private static readonly LoadKind[] Kinds =
    [
        new("submit", "submit", "asset", 1000, 2000, ["Create", "{n}", "ann", "10"], 1.5),
        new("evaluate", "evaluate", "asset", 4000, 8000, ["Read", "b0-m-0"], 2),
        new("evaluate qscc", "evaluate", "qscc", 4000, 10000, ["GetChainInfo", "main"], null),
    ];

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = FabricScript.Programs;
        await NodePrograms.InstallAsync(Path.Combine("benchmarks", "gateway-load"), cancellationToken);
        await NodePrograms.InstallAsync(Path.Combine("examples", "chaincode", "asset"), cancellationToken);
        using var folder = new WorkFolder();
        await using var service = await LiveService.StartAsync(SandboxNodes.Process, new Dictionary<string, string?>(), cancellationToken);
        await service.CreateAsync(Specifications.Gateway(Network), cancellationToken);
        var access = await ExportAsync(service, folder, cancellationToken);
        foreach (var kind in Kinds)
        {
            List<LoadResult> ours = [];
            List<LoadResult> node = [];
            for (var round = 0; round < Rounds * (full ? 3 : 1); round++)
            {
                // Each of them is first in every other round: what the first leaves behind (a longer ledger, a busy disk) is the second's burden.
                (LoadProgram Program, List<LoadResult> Results)[] turn = [(LoadProgram.Ours, ours), (LoadProgram.Node, node)];
                foreach (var (program, results) in round % 2 == 0 ? turn : turn.Reverse())
                {
                    results.Add(await program.RunAsync(kind, access, Concurrent, round, cancellationToken));
                }
            }

            foreach (var measurement in Compare(kind, ours, node))
            {
                yield return measurement;
            }
        }
    }

    private static async Task<(string Profile, string Identity)> ExportAsync(LiveService service, WorkFolder folder, CancellationToken cancellationToken)
    {
        var organization = $"/networks/{Network}/organizations/org1";
        var access = (Profile: folder.In("profile.json"), Identity: folder.In("identity.json"));
        await File.WriteAllTextAsync(access.Profile, await service.Api.GetTextAsync($"{organization}/profile?format=json", "application/json", cancellationToken), cancellationToken);
        await File.WriteAllTextAsync(access.Identity, await service.Api.GetTextAsync($"{organization}/identities/client", "application/json", cancellationToken), cancellationToken);
        return access;
    }

    private static IEnumerable<Measurement> Compare(LoadKind kind, IReadOnlyList<LoadResult> ours, IReadOnlyList<LoadResult> node)
    {
        yield return Rate($"{kind.Name}, {Concurrent} at a time: Baas", ours);
        yield return Rate("  the same: Node's client", node);
        yield return Ratio("  Baas to Node, calls a second", ours, node, result => result.PerSecond, kind.Goal is { } floor ? new Goal(floor, IsFloor: true) : null);
        var most = ours.Zip(node, (our, other) => our.PerSecond / (1 - ShareOf(our)) / other.PerSecond).ToList();
        yield return new Measurement { Name = "  a client that costs nothing would have", Value = Statistics.Median(most), Unit = "x", Note = $"the network takes the rest of the processors; median of {Statistics.Spread(most)}" };
        yield return Median("  client's processor time for a call: Baas", "ms", ours, result => result.ProcessorMilliseconds);
        yield return Median("  the same: Node's client", "ms", node, result => result.ProcessorMilliseconds);
        yield return Ratio("  Baas to Node, processor time", ours, node, result => result.ProcessorMilliseconds, null);
        yield return Median("  client's peak memory: Baas", "MiB", ours, result => result.PeakMiB);
        yield return Median("  the same: Node's client", "MiB", node, result => result.PeakMiB);
        yield return Ratio("  Baas to Node, memory", ours, node, result => result.PeakMiB, new Goal(MemoryGoal));
        yield return Ratio("  the same at the end, not at the peak", ours, node, result => result.ResidentMiB, null);
        yield return Ratio("  the same, without what is mapped from files", ours, node, result => result.AnonymousMiB, null);
    }

    // What the clients leave to the network: the part of the machine that is not theirs.
    private static Measurement Rate(string name, IReadOnlyList<LoadResult> results)
    {
        var own = Statistics.Median([.. results.Select(ShareOf)]);
        var rates = results.Select(result => result.PerSecond).ToList();
        return new Measurement
        {
            Name = name,
            Value = Statistics.Median(rates),
            Unit = "/s",
            Note = string.Create(CultureInfo.InvariantCulture, $"median of {Statistics.Spread(rates, "#,0")}; the client has {own:0 %} of the machine's processors"),
        };
    }

    private static double ShareOf(LoadResult result) => result.PerSecond * result.ProcessorMilliseconds / 1000 / Environment.ProcessorCount;

    private static Measurement Median(string name, string unit, IReadOnlyList<LoadResult> results, Func<LoadResult, double> value)
    {
        var values = results.Select(value).ToList();
        return new Measurement { Name = name, Value = Statistics.Median(values), Unit = unit, Note = $"median of {Statistics.Spread(values)}" };
    }

    // Of each round by itself: what else the machine does meanwhile hits both halves of a round.
    private static Measurement Ratio(string name, IReadOnlyList<LoadResult> ours, IReadOnlyList<LoadResult> node, Func<LoadResult, double> value, Goal? goal)
    {
        var ratios = ours.Zip(node, (our, other) => value(our) / value(other)).ToList();
        return new Measurement { Name = name, Value = Statistics.Median(ratios), Unit = "x", Goal = goal, Note = $"median of {Statistics.Spread(ratios)}" };
    }
}
