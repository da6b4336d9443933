using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The drill: write, back up while writing, lose something, restore, and see that all of it is there and goes on.</summary>
public sealed class DrillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private SandboxHost? _host;

    private SandboxHost Host => _host ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

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

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string name)
    {
        AssertSucceeded(await service.Api.CreateToEndAsync(name, DrillNetwork.Specification(name)));
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
