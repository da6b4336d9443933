using System.Net;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Networks of emulated nodes move to another version while a client submits all the time.</summary>
public sealed class UpgradeTests(ITestOutputHelper output) : SandboxTests
{
    private const string Former = "3.1.1";
    private const string Poisoned = "3.1.4";

    private protected override Task<SandboxHost> StartHostAsync() => SandboxHost.StartAsync(options => options with { Runtimes = [new PoisonedImage(Poisoned)] });

    [Theory]
    [InlineData(Former, "3.1.5")]
    [InlineData("2.5.16", "3.1.5")]
    public async Task Upgrade_WhileAClientSubmits_LosesNothingAndRestartsTheLeaderLast(string from, string to)
    {
        await using var service = await StartAsync();
        var network = await MadeAsync(service, "moved", from);
        var leader = await LeaderAsync(service, network);
        using var stop = new CancellationTokenSource();
        var writers = new GatewayWriters(service, network.Reference);
        var writing = writers.RunAsync(stop.Token);

        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("moved", to));

        await stop.CancelAsync();
        await writing;
        output.WriteLine($"{writers.Written.Count} transactions were acknowledged while {from} became {to}, {writers.Failures} calls made again, longest pause {writers.Pauses[0].Length.TotalSeconds:0.0} s");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        Assert.Equal(leader, Rolled(operation).Last(node => node.StartsWith("orderer-", StringComparison.Ordinal)));
        Assert.Equal(6, Rolled(operation).Count);
        Assert.All(await VersionsAsync(service, network), version => Assert.Equal(to, version.Value));
        var record = await service.Api.FindAsync("moved");
        Assert.Equal((NetworkState.Ready, to), (record?.State, record?.Specification?.FabricVersion.Value));
        Assert.Equal(FabricReleases.CapabilitiesOf(record!.Specification!.Channels[0] with { Capabilities = null }, FabricVersion.Parse(from)), CapabilitiesOf(record));
        await network.WriteAsync("after", 3);
        var all = network.Written.Concat(writers.Written).ToDictionary(StringComparer.Ordinal);
        await network.AssertAssetsAsync(all);
        var created = await LedgerScan.CreationsAsync(service, network.Reference, (await network.NodesAsync()).First(node => node.Role == NodeRole.Peer));
        Assert.Equal(all.Keys.Order(StringComparer.Ordinal), created.Keys.Order(StringComparer.Ordinal));
        Assert.All(created.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Upgrade_ToAnImageThatDoesNotRun_StopsAndTakesThatNodeBack()
    {
        await using var service = await StartAsync(TimeSpan.FromSeconds(15)); // the nodes that do run have to be back within it, too
        var network = await MadeAsync(service, "poisoned", Former);

        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("poisoned", Poisoned));

        Assert.Equal(OperationState.Failed, operation.State);
        Assert.Empty(operation.Failure!.Leftovers);
        Assert.Single(Rolled(operation));
        Assert.All(await VersionsAsync(service, network), version => Assert.Equal(Former, version.Value));
        var record = await service.Api.FindAsync("poisoned");
        Assert.Equal((NetworkState.Ready, null, Former), (record?.State, record?.ActiveOperation, record?.Specification?.FabricVersion.Value));
        await network.WriteAsync("after", 2);
        await network.AssertAssetsAsync(network.Written);
        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await service.Api.UpgradeAsync("poisoned", "3.1.5"))).State);
    }

    [Fact]
    public async Task Upgrade_PausedResumedAndAborted_StandsStillBetweenNodesAndIsFinishedByAnother()
    {
        await using var service = await StartAsync();
        var network = await MadeAsync(service, "paused", Former);
        var operation = await service.Api.UpgradeAsync("paused", "3.1.5");
        await service.Api.BegunAsync(operation);
        await service.Api.TellAsync(operation, "pause");
        await UntilAsync(service, operation, now => now.Message == "paused before the next node");
        var before = await VersionsAsync(service, network);
        Assert.Contains(Former, before.Values);

        await service.Api.TellAsync(operation, "resume");
        await UntilAsync(service, operation, now => Rolled(now).Count > before.Values.Count(version => version != Former));
        await service.Api.TellAsync(operation, "cancel");
        var aborted = await service.Api.EndOfAsync(operation);
        Assert.Equal(OperationState.Canceled, aborted.State);
        Assert.Equal(NetworkState.Ready, (await service.Api.FindAsync("paused"))?.State);
        using (var late = await service.Http.PostAsync(new Uri($"operations/{operation.Id}/pause", UriKind.Relative), null))
        {
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        }

        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await service.Api.UpgradeAsync("paused", "3.1.5"))).State);
        Assert.All(await VersionsAsync(service, network), version => Assert.Equal("3.1.5", version.Value));
        await network.WriteAsync("after", 1);
    }

    [Fact]
    public async Task Upgrade_WithCapabilitiesOfOneChannel_RaisesThemOnEveryNodeAndNoOthers()
    {
        await using var service = await StartAsync();
        var specification = DrillNetwork.Specification("raised", version: "2.5.16").Replace("  - name: main\nchaincodes", "  - name: main\n  - name: side\nchaincodes", StringComparison.Ordinal);
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("raised", specification)).State);
        var network = new DrillNetwork(service, "raised");
        await network.WriteAsync("before", 2);

        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("raised", "3.1.5", "'capabilitiesOf':['main']"));

        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var (raised, kept) = (new ChannelCapabilities("V3_0", "V2_0", "V2_5"), new ChannelCapabilities("V2_0", "V2_0", "V2_5"));
        Assert.Equal([raised, kept], (await service.Api.FindAsync("raised"))!.Specification!.Channels.Select(channel => channel.Capabilities));
        Assert.All(await network.CapabilitiesAsync("main"), levels => Assert.Equal(raised, levels));
        Assert.All(await network.CapabilitiesAsync("side"), levels => Assert.Equal(kept, levels));
        await network.WriteAsync("after", 2);
        await network.AssertAssetsAsync(network.Written);
        using var lower = await service.Api.TryUpgradeAsync("raised", "2.5.16");
        Assert.Contains("capability-above-version", await lower.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Later, without another version, the rest.
        var later = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("raised", "3.1.5", "'capabilities':true"));
        Assert.True(later.State == OperationState.Succeeded, $"{later.Failure}");
        Assert.All(await network.CapabilitiesAsync("side"), levels => Assert.Equal(raised, levels));
        await network.WriteAsync("last", 1);
    }

    private static ChannelCapabilities? CapabilitiesOf(NetworkResource network) =>
        FabricReleases.CapabilitiesOf(network.Specification!.Channels[0], network.Specification.FabricVersion); // asked for with its specification

    private static IReadOnlyList<string> Rolled(OperationResource operation) =>
        [.. (operation.Steps ?? []).Where(step => step.Name == "RollNode").Select(step => step.Subject)];

    private Task<ServiceRun> StartAsync(TimeSpan? limit = null) => Host.StartServiceAsync($"service{Guid.NewGuid():N}", services =>
        services.AddSingleton(new UpgradeOptions { NodeLimit = limit ?? TimeSpan.FromMinutes(2) }));

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string name, string version)
    {
        var made = await service.Api.CreateToEndAsync(name, DrillNetwork.Specification(name, version: version));
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, name);
        await network.WriteAsync("before", 3);
        return network;
    }

    private static async Task<IReadOnlyDictionary<string, string>> VersionsAsync(ServiceRun service, DrillNetwork network)
    {
        var api = service.Get<KubernetesClusters>().Get(null).Api;
        var versions = new Dictionary<string, string>();
        foreach (var node in await network.NodesAsync())
        {
            var set = await api.GetAsync(new PlacedNode(network.Reference, node.Node, node.Role).StatefulSet, CancellationToken.None);
            versions[node.Node.ToString()] = $"{set?["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"]}".Split(':')[^1];
        }

        return versions;
    }

    private static async Task<string> LeaderAsync(ServiceRun service, DrillNetwork network)
    {
        var api = service.Get<KubernetesClusters>().Get(null).Api;
        foreach (var node in (await network.NodesAsync()).Where(node => node.Role == NodeRole.Orderer))
        {
            if ((await Core.Steps.NodeMetrics.ReadAsync(api, new PlacedNode(network.Reference, node.Node, node.Role), CancellationToken.None)).LedChannels > 0)
            {
                return node.Node.ToString();
            }
        }

        throw new InvalidOperationException("nobody leads");
    }

    private static async Task UntilAsync(ServiceRun service, OperationResource operation, Func<OperationResource, bool> isSo)
    {
        OperationResource? seen = null;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Until.TrueAsync(async () => isSo(seen = await service.Api.GetOperationAsync(operation.Id)) || seen.EndedAt is not null, () => $"{seen?.State}: {seen?.Message}", deadline.Token);
        Assert.True(isSo(seen!), $"{seen!.State}: {seen.Message} {seen.Failure}"); // it was looked at
    }
}
