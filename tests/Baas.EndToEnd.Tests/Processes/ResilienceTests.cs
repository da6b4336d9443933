using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Testing.Time;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>Fabric's own programs and the service are killed at random moments, without a warning.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class ResilienceTests(ITestOutputHelper output)
{
    private const int Transactions = 60;

    // What creation says when it is at these points, from the first node to the last step.
    private static readonly string[] Moments = ["apply peer", "node ready", "create genesis block", "join orderer", "join peer", "install chaincode", "approve chaincode", "commit chaincode"];

    [RealNodesFact]
    public async Task Service_KilledDuringCreation_EndsReady()
    {
        await using var network = new RealNetwork();
        foreach (var moment in Random.Shared.GetItems(Moments, 2).Order(Comparer<string>.Create((one, other) => Array.IndexOf(Moments, one) - Array.IndexOf(Moments, other))))
        {
            output.WriteLine($"killed at \"{moment}\"");
            await using var up = network.Start();
            await up.UntilAsync(moment);
            await up.KillAsync();
        }

        await EndsReadyAsync(network);
    }

    [RealNodesFact]
    public Task Peer_KilledDuringCreation_EndsReady() => KillDuringCreationAsync("CORE_PEER_ID=peer-1.org1");

    [RealNodesFact]
    public Task Orderer_KilledDuringCreation_EndsReady() => KillDuringCreationAsync("ORDERER_GENERAL_LISTENPORT=7050");

    [RealNodesFact]
    public async Task RaftLeader_KilledWhileSubmitting_NothingIsLostOrDoubled()
    {
        await using var network = new RealNetwork();
        await network.UpAsync();
        var user = await network.ExportAsync("org1");

        var submitting = network.GatewayAsync(user, "create", Transactions.ToString(CultureInfo.InvariantCulture));
        var killed = await KillLeaderAsync(network, user);
        var committed = (await submitting).Split('\n').Where(line => line.StartsWith("committed ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).ToList();

        output.WriteLine($"the leader was process {killed}");
        Assert.Equal(Transactions, committed.Distinct().Count());
        var assets = JsonNode.Parse(await network.GatewayAsync(user, "evaluate", "List", "", ""))!.AsArray(); // the chaincode gives a list
        Assert.Equal(committed.Order(StringComparer.Ordinal), assets.Select(asset => (string?)asset!["id"]));
        foreach (var id in committed)
        {
            Assert.Single(JsonNode.Parse(await network.GatewayAsync(user, "evaluate", "History", id))!.AsArray()); // the same
        }
    }

    private async Task KillDuringCreationAsync(string variable)
    {
        await using var network = new RealNetwork();
        var moment = Random.Shared.GetItems(Moments[1..], 1)[0];
        var up = network.Start();
        await up.UntilAsync(moment);

        // The first nodes that are looked at for readiness may be other ones than this one, which has still to start.
        int? found = null;
        await Until.TrueAsync(() => Task.FromResult((found = network.Machine.Find(variable)) is not null), TimeSpan.FromSeconds(30));

        output.WriteLine($"process {found} was killed at \"{moment}\"");
        ProcessKill.Now(found!.Value); // it was waited for
        await up.UntilAsync("serving until Ctrl-C");
        await ReadyAsync(network);
    }

    private static async Task EndsReadyAsync(RealNetwork network)
    {
        await network.UpAsync();
        await ReadyAsync(network);
    }

    // Ready, and it works: a transaction that both organizations endorse, and three orderers order.
    private static async Task ReadyAsync(RealNetwork network)
    {
        var shown = JsonNode.Parse(await network.GetAsync("network", "get", network.Name, "--output", "json"))!; // no command prints null
        Assert.Equal("ready", (string?)shown["state"]);
        await network.GatewayAsync(await network.ExportAsync("org1"), "create", "1");
    }

    // The one orderer that says so itself, when some transactions have gone through it.
    private static async Task<int> KillLeaderAsync(RealNetwork network, ExportedOrganization user)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await network.GatewayAsync(user, "evaluate", "List", "", "")).Contains("asset-0005", StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        foreach (var orderer in new[] { "orderer-1.orderer", "orderer-2.orderer", "orderer-3.orderer" })
        {
            var address = user.AddressOf(orderer).Split(':')[0];
            var metrics = await http.GetStringAsync(new Uri($"http://{address}:8443/metrics"), limit.Token);
            if (metrics.Contains("consensus_etcdraft_is_leader{channel=\"main\"} 1", StringComparison.Ordinal))
            {
                var leader = network.Machine.Find($"ORDERER_GENERAL_LISTENADDRESS={address}");
                Assert.NotNull(leader);
                ProcessKill.Now(leader.Value);
                return leader.Value;
            }
        }

        throw new InvalidOperationException("no orderer says that it is the leader");
    }
}
