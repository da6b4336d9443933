using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Functions.Http;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Networks of Fabric's own nodes move to another version while a client submits all the time. One at a time: each takes the machine.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealUpgradeTests(ITestOutputHelper output)
{
    private const string To = "3.1.5";

    // An election takes one to two election time-outs of 5 seconds each; then 5 more.
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(15);

    [RealNodesFact("2.5.16")]
    public Task Upgrade_FromTheFormerLine_LosesAndDoublesNothing() => UpgradeAsync("2.5.16", "'capabilities':true", new("V3_0", "V2_0", "V2_5"));

    [RealNodesFact("3.1.1")]
    public Task Upgrade_WithinTheLine_LosesAndDoublesNothing() => UpgradeAsync("3.1.1", null, new("V3_0", "V2_0", "V2_5"));

    private async Task UpgradeAsync(string from, string? more, ChannelCapabilities levels)
    {
        if (FabricBinaries.FolderOf(To) is null)
        {
            output.WriteLine($"nothing to upgrade to: version {To} is not here");
            return;
        }

        using var folder = new TestFolder();
        var images = AssetChaincode.WriteTo(folder.Path);
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricHome = Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable),
            ImageFiles = [images],
        });
        await using var service = await host.StartServiceAsync("service");
        var made = await service.Api.CreateToEndAsync("real", DrillNetwork.Specification("real", version: from).Replace("peers: 1", "peers: 2", StringComparison.Ordinal));
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, "real");
        await network.WriteAsync("before", 3);
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
        await network.WriteAsync("after", 2);
        var all = network.Written.Concat(writers.Written).ToDictionary(StringComparer.Ordinal);
        await network.AssertAssetsAsync(all);
        foreach (var peer in (await network.NodesAsync()).Where(node => node.Role == NodeRole.Peer))
        {
            var created = await LedgerScan.CreationsAsync(service, network.Reference, peer);
            Assert.Equal(all.Keys.Order(StringComparer.Ordinal), created.Keys.Order(StringComparer.Ordinal));
            Assert.All(created, asset => Assert.Equal((asset.Key, 1), (asset.Key, asset.Value)));
        }

        Assert.True(writers.Pauses[0].Length <= PauseLimit, $"nothing was committed for {writers.Pauses[0].Length.TotalSeconds:0.0} s");
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
