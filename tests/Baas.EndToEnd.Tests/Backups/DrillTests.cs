using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The drill: write, back up while writing, lose something, restore, and see that all of it is there and goes on.</summary>
public sealed class DrillTests(ITestOutputHelper output) : SandboxTests
{
    [Fact]
    public async Task Restore_AfterTheNetworkWasDestroyed_GivesEveryAssetBack()
    {
        await using var service = await Host.StartServiceAsync("service");
        var network = await MadeAsync(service, "destroyed");
        await network.WriteAsync("before", 20);
        var before = network.Written.ToList();
        using var stop = new CancellationTokenSource();
        var writing = network.WriteUntilAsync("meanwhile", stop.Token);
        var backup = await BackedUpAsync(service, "destroyed");
        await stop.CancelAsync();
        output.WriteLine($"{await writing} transactions were tried while the backup was taken, {network.Written.Count - before.Count} were committed");

        var shown = await service.Api.FindBackupAsync("destroyed", backup);
        Assert.Equal(BackupState.Complete, shown?.State);
        Assert.Equal(6, shown?.Volumes?.Count);
        AssertSucceeded(await service.Api.VerifyToEndAsync("destroyed", backup));
        AssertSucceeded(await service.Api.DeleteToEndAsync("destroyed"));
        Assert.Null(await service.Api.FindAsync("destroyed"));

        AssertSucceeded(await service.Api.RestoreToEndAsync("destroyed", backup));
        Assert.Equal(NetworkState.Ready, (await service.Api.FindAsync("destroyed"))?.State);
        var heights = await network.HeightsAsync();
        var highest = shown!.Volumes!.SelectMany(volume => volume.Ledgers).Max(ledger => ledger.Height); // seen above
        Assert.All(heights.Values, height => Assert.True(height.Height >= highest, $"{height.Height} < {highest}"));
        await network.AssertAssetsAsync(before);
        await network.WriteAsync("after", 3);
        await network.AssertAssetsAsync(network.Written.Where(asset => asset.Key.StartsWith("after", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("peer", "leveldb", "peer-1.org1")]
    [InlineData("database", "couchdb", "peer-2.org1")]
    [InlineData("orderer", "leveldb", "orderer-2.orderer")]
    public async Task Restore_OfALostNode_LetsItCatchUp(string name, string database, string lost)
    {
        await using var service = await Host.StartServiceAsync("service");
        var network = await MadeAsync(service, name, database);
        await network.WriteAsync("before", 10);
        var backup = await BackedUpAsync(service, name);
        await network.WriteAsync("later", 10);
        var before = await network.HeightsAsync();
        await network.LoseAsync(lost);

        AssertSucceeded(await service.Api.RestoreToEndAsync(name, backup, force: true, [lost]));
        await network.WriteAsync("after", 3);
        await network.AssertAssetsAsync(network.Written);
        await network.AssertAgreeAsync(before);
    }

    [Fact]
    public async Task Restore_AfterAllOrderersWereLost_PutsTheWholeNetworkBack()
    {
        await using var service = await Host.StartServiceAsync("service");
        var network = await MadeAsync(service, "orderers");
        await network.WriteAsync("before", 10);
        var kept = network.Written.ToList();
        var before = await network.HeightsAsync();
        var backup = await BackedUpAsync(service, "orderers");
        await network.WriteAsync("later", 5); // on peers and orderers, and in no backup
        foreach (var number in Enumerable.Range(1, 3))
        {
            await network.LoseAsync($"orderer-{number}.orderer");
        }

        using (var refused = await service.Api.TryRestoreAsync("orderers", backup, force: true, ["orderer-1.orderer", "orderer-2.orderer", "orderer-3.orderer"]))
        {
            Assert.Contains("restore-selection-unsafe", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var refused = await service.Api.TryRestoreAsync("orderers", backup))
        {
            Assert.Contains("restore-needs-force", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        AssertSucceeded(await service.Api.RestoreToEndAsync("orderers", backup, force: true));
        await network.AssertAgreeAsync(before);
        await network.AssertAssetsAsync(kept);
        await network.WriteAsync("after", 3);
    }

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string name, string database = "leveldb")
    {
        AssertSucceeded(await service.Api.CreateToEndAsync(name, DrillNetwork.Specification(name, database)));
        return new DrillNetwork(service, name);
    }

    private static async Task<BackupId> BackedUpAsync(ServiceRun service, string name)
    {
        var operation = await service.Api.BackUpToEndAsync(name);
        AssertSucceeded(operation);
        return BackupId.Of(operation.Id);
    }

    private static void AssertSucceeded(OperationResource operation) => Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
