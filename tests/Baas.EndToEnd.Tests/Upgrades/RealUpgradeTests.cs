using System.Diagnostics;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Functions.Http;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;
using Google.Protobuf;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Networks of Fabric's own nodes move to another version while a client submits all the time. One at a time: each takes the machine.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealUpgradeTests(ITestOutputHelper output)
{
    private const string To = "3.1.5";

    // An election takes one to two election time-outs of 5 seconds each; then 5 more.
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(15);

    // Orderers of BFT complain of their leader when a transaction has waited for 22 seconds; then they have to agree on the next one.
    private static readonly TimeSpan BftPauseLimit = TimeSpan.FromSeconds(40);

    [RealNodesFact("2.5.16")]
    public Task Upgrade_FromTheFormerLine_LosesAndDoublesNothing() => UpgradeAsync("2.5.16", "'capabilities':true", new("V3_0", "V2_0", "V2_5"));

    [RealNodesFact("3.1.1")]
    public Task Upgrade_WithinTheLine_LosesAndDoublesNothing() => UpgradeAsync("3.1.1", null, new("V3_0", "V2_0", "V2_5"));

    [RealNodesFact("3.1.1")]
    public Task Upgrade_Bft_LosesAndDoublesNothing() => UpgradeAsync("3.1.1", null, new("V3_0", "V2_0", "V2_5"), isBft: true);

    [RealNodesFact("3.1.1")]
    public async Task Upgrade_ToProgramsThatCrash_HaltsTakesThatNodeBackAndLeavesTheOthersAlone()
    {
        using var folder = new TestFolder();
        await using var host = await StartHostAsync(folder, PoisonedHome.In(folder.In("fabric"), "3.1.4", "3.1.1", To));
        await using var service = await host.StartServiceAsync("service");
        var network = await MadeAsync(service, "3.1.1");
        var before = PodsOf(host);
        using var stop = new CancellationTokenSource();
        var writers = new GatewayWriters(service, network.Reference);
        var writing = writers.RunAsync(stop.Token);

        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("real", "3.1.4"));

        await stop.CancelAsync();
        await writing;
        Tell(operation, writers, "3.1.1 did not become 3.1.4");
        Assert.Equal((OperationState.Failed, "node-crashes"), (operation.State, operation.Failure?.Code));
        Assert.Empty(operation.Failure!.Leftovers);
        Assert.EndsWith("all nodes run Fabric 3.1.1", operation.Failure.Message, StringComparison.Ordinal);
        Assert.Null((await service.Api.FindAsync("real"))?.NodeVersions);
        var touched = Assert.Single(before, pod => PodsOf(host).GetValueOrDefault(pod.Key) != pod.Value).Key;
        Assert.Contains(operation.Failure.Subject.Split('.')[0], touched, StringComparison.Ordinal);
        await AssertWholeAsync(service, network, writers);
        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await service.Api.UpgradeAsync("real", To))).State);
        await network.WriteAsync("last", 1);
    }

    private static Task<SandboxHost> StartHostAsync(TestFolder folder, string? home)
    {
        var images = AssetChaincode.WriteTo(folder.Path);
        return SandboxHost.StartAsync(options => options with { Nodes = SandboxNodes.Process, FabricHome = home, ImageFiles = [images] });
    }

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string version, bool isBft = false)
    {
        // Two peers each: an organization whose only peer restarts endorses nothing.
        var specification = DrillNetwork.Specification("real", version: version).Replace("peers: 1", "peers: 2", StringComparison.Ordinal);
        specification = isBft ? specification.Replace("nodes: 3", "consensus: bft\n  nodes: 4", StringComparison.Ordinal) : specification;
        var made = await service.Api.CreateToEndAsync("real", specification);
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, "real");
        await network.WriteAsync("before", 3);
        return network;
    }

    /// <summary>The pods of nodes, by their names: who they are.</summary>
    private static Dictionary<string, string> PodsOf(SandboxHost host) => host.Cluster.Store.State.All
        .Where(one => one.Key.Kind.Kind == "Pod" && !one.Key.Name.StartsWith("cc-", StringComparison.Ordinal))
        .ToDictionary(one => $"{one.Key.Namespace}/{one.Key.Name}", one => $"{one.Object["metadata"]?["uid"]}");

    /// <summary>Everything that was acknowledged is on every peer, and in its ledger once.</summary>
    private static async Task AssertWholeAsync(ServiceRun service, DrillNetwork network, GatewayWriters writers)
    {
        await network.WriteAsync("after", 2);
        var all = network.Written.Concat(writers.Written).ToDictionary(StringComparer.Ordinal);
        await network.AssertAssetsAsync(all);
        foreach (var peer in (await network.NodesAsync()).Where(node => node.Role == NodeRole.Peer))
        {
            var created = await LedgerScan.CreationsAsync(service, network.Reference, peer);
            Assert.Equal(all.Keys.Order(StringComparer.Ordinal), created.Keys.Order(StringComparer.Ordinal));
            Assert.All(created, asset => Assert.Equal((asset.Key, 1), (asset.Key, asset.Value)));
        }
    }

    private async Task UpgradeAsync(string from, string? more, ChannelCapabilities levels, bool isBft = false)
    {
        if (FabricBinaries.FolderOf(To) is null)
        {
            output.WriteLine($"nothing to upgrade to: version {To} is not here");
            return;
        }

        using var folder = new TestFolder();
        await using var host = await StartHostAsync(folder, Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable));
        await using var service = await host.StartServiceAsync("service");
        var network = await MadeAsync(service, from, isBft);
        using var stop = new CancellationTokenSource();
        var writers = new GatewayWriters(service, network.Reference);
        var writing = writers.RunAsync(stop.Token);

        var took = Stopwatch.StartNew();
        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("real", To, more));

        took.Stop();
        await stop.CancelAsync();
        await writing;
        Tell(operation, writers, $"{from} became {To} in {took.Elapsed.TotalSeconds:0} s");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var record = await service.Api.FindAsync("real");
        Assert.Equal((NetworkState.Ready, To), (record?.State, record?.FabricVersion.Value));
        Assert.All(await network.CapabilitiesAsync("main"), found => Assert.Equal(levels, found));
        await AssertDecodedAsync(folder, network, levels);
        await AssertWholeAsync(service, network, writers);
        Assert.True(writers.Pauses[0].Length <= (isBft ? BftPauseLimit : PauseLimit), $"nothing was committed for {writers.Pauses[0].Length.TotalSeconds:0.0} s");
    }

    /// <summary>Fabric's own tool reads the levels out of the block that a peer has.</summary>
    private static async Task AssertDecodedAsync(TestFolder folder, DrillNetwork network, ChannelCapabilities levels)
    {
        var peer = (await network.NodesAsync()).Last(node => node.Role == NodeRole.Peer);
        var file = folder.In("config.block");
        await File.WriteAllBytesAsync(file, (await network.ConfigBlockAsync(peer, ChannelName.Parse("main"))).ToByteArray());
        var configtxlator = Path.Combine(FabricBinaries.FolderOf(To) ?? throw new InvalidOperationException("no programs"), "configtxlator");
        var json = await RealNetwork.ProgramAsync(configtxlator, new Dictionary<string, string>(), ["proto_decode", "--input", file, "--type", "common.Block"]);
        var group = JsonNode.Parse(json)!["data"]!["data"]![0]!["payload"]!["data"]!["config"]!["channel_group"]!;
        string LevelOf(JsonNode found) => found["values"]!["Capabilities"]!["value"]!["capabilities"]!.AsObject().Single().Key;
        Assert.Equal(levels, new ChannelCapabilities(LevelOf(group), LevelOf(group["groups"]!["Orderer"]!), LevelOf(group["groups"]!["Application"]!)));
    }

    private void Tell(OperationResource operation, GatewayWriters writers, string what)
    {
        output.WriteLine($"{what}: {writers.Written.Count} transactions acknowledged, {writers.Failures} calls made again");
        foreach (var (since, length) in writers.Pauses.Take(5))
        {
            var step = (operation.Steps ?? []).LastOrDefault(step => step.StartedAt <= since + length);
            output.WriteLine($"no commit for {length.TotalSeconds:0.0} s from {since:HH:mm:ss.f}, during {step?.Name} {step?.Subject}");
        }

        foreach (var step in (operation.Steps ?? []).Where(step => step.Name is "RollNode" or "RaiseChannel"))
        {
            output.WriteLine($"{step.StartedAt:HH:mm:ss.f} to {step.EndedAt:HH:mm:ss.f} {step.Name} {step.Subject}");
        }
    }
}
