using System.Collections.Concurrent;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Crashes;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>The engine is stopped on both sides of every write of an upgrade, and the service started again on its folder: the upgrade goes on to its end.</summary>
public sealed class UpgradeCrashTests(ITestOutputHelper output) : SandboxTests
{
    private readonly ConcurrentDictionary<string, int> _patches = new(StringComparer.Ordinal);

    [Fact]
    public async Task StartAsync_AfterACrashAtAnyWrite_EndsWithEveryNodeOfTheNewVersion()
    {
        var writes = await CrashLanes.RunAsync(MadeAsync, UpgradeAsync);
        output.WriteLine($"{writes} writes upgrade a network of one orderer and one peer");
        Assert.InRange(writes, 20, 200);
    }

    private async Task<CrashLane> MadeAsync(string name)
    {
        var lane = new CrashLane(Host, name)
        {
            MayRunAgain = [nameof(ReadLedgers), nameof(LedgersReach), nameof(NodeReady)], // for what a node had, then for what others have; ready after it was replaced, and in the end with all others
        };
        await lane.StartAsync();
        Assert.Equal(OperationState.Succeeded, (await lane.Service.Api.CreateToEndAsync(name)).State);
        return lane;
    }

    private async Task UpgradeAsync(CrashLane lane, string name, CommitStage stage, int? write)
    {
        var version = $"3.1.{_patches.AddOrUpdate(name, 6, (_, patch) => patch + 1)}";
        var operation = await lane.RunAsync(name, stage, write, (api, key) => api.TryUpgradeAsync(name, version, key));
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var network = await lane.Service.Api.FindAsync(name);
        Assert.Equal((NetworkState.Ready, null, version), (network?.State, network?.ActiveOperation, network?.FabricVersion.Value));
        var sets = Host.Cluster.Store.State.All
            .Where(one => one.Key.Kind.Kind == "StatefulSet" && one.Key.Namespace!.StartsWith($"{ServiceRun.Tenant}-{name}-", StringComparison.Ordinal))
            .Select(one => (Image: (string?)one.Object["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"] ?? "", Replicas: (int?)one.Object["spec"]?["replicas"]))
            .Where(one => one.Image.Contains("hyperledger/fabric-", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(SmallNetwork.Ledgers, sets.Count);
        Assert.All(sets, set => Assert.Equal((true, 1), (set.Image.EndsWith($":{version}", StringComparison.Ordinal), set.Replicas)));
    }
}
