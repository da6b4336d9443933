using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Crashes;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Renewals;

/// <summary>The engine is stopped on both sides of every write of a renewal, and the service started again on its folder: the renewal goes on to its end.</summary>
public sealed class RenewalCrashTests(ITestOutputHelper output) : SandboxTests
{
    [Fact]
    public async Task StartAsync_AfterACrashAtAnyWrite_EndsWithEveryNodeRenewedOnce()
    {
        var writes = await CrashLanes.RunAsync(MadeAsync, RenewAsync);
        output.WriteLine($"{writes} writes renew a network of one orderer, one peer and one chaincode");
        Assert.InRange(writes, 20, 200);
    }

    private async Task<CrashLane> MadeAsync(string name)
    {
        var lane = new CrashLane(Host, name)
        {
            MayRunAgain = [nameof(ReadLedgers), nameof(LedgersReach), nameof(NodeReady)], // for what a node had, then for what others have; ready after it was told, and after it was replaced
            MayReplace = ["/nodes/", "/users/", "/renewals/"],
        };
        await lane.StartAsync();
        Assert.Equal(OperationState.Succeeded, (await lane.Service.Api.CreateToEndAsync(name)).State);
        return lane;
    }

    private static async Task RenewAsync(CrashLane lane, string name, CommitStage stage, int? write)
    {
        var (before, keys) = (await CertificatesOf(lane, name).AssertAreStoredAsync(), await CertificatesOf(lane, name).KeysAsync());

        var operation = await lane.RunAsync(name, stage, write, (api, key) => api.TryRenewAsync(name, "all=true", key));

        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var network = await lane.Service.Api.FindAsync(name);
        Assert.Equal((NetworkState.Ready, null), (network?.State, network?.ActiveOperation));
        var after = await CertificatesOf(lane, name).AssertAreStoredAsync();
        Assert.All(after, node => Assert.NotEqual(before[node.Key], node.Value));
        Assert.Equal(keys, await CertificatesOf(lane, name).KeysAsync());
    }

    // The service is another one after each crash.
    private static ShownCertificates CertificatesOf(CrashLane lane, string name) => new(lane.Service, name);
}
