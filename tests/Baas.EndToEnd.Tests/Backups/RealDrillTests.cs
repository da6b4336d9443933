using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Functions.Http;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The drill with Fabric's own orderers and peers: real write-ahead logs, real ledgers.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealDrillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Name = "real";

    private readonly TestFolder _folder = new();
    private SandboxHost? _host;

    private SandboxHost Host => _host ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        if (FabricBinaries.FolderOf(RealNetwork.Version) is { } folder)
        {
            var map = AssetChaincode.WriteTo(_folder.Path);
            _host = await SandboxHost.StartAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = folder, ImageFiles = [map] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    [RealNodesFact]
    public async Task Restore_OfANodeOfEachKindAndOfAll_KeepsWhatWasWritten()
    {
        await using var service = await Host.StartServiceAsync("service");
        Succeeded(await service.Api.CreateToEndAsync(Name, DrillNetwork.Specification(Name)));
        var network = new DrillNetwork(service, Name);
        await network.WriteAsync("before", 5);
        using var stop = new CancellationTokenSource();
        var writing = network.WriteUntilAsync("meanwhile", stop.Token);
        var taken = Succeeded(await service.Api.BackUpToEndAsync(Name));
        await stop.CancelAsync();
        output.WriteLine($"{await writing} transactions were tried while the backup was taken");
        var backup = BackupId.Of(taken.Id);
        Succeeded(await service.Api.VerifyToEndAsync(Name, backup));
        await network.WriteAsync("later", 3);
        var before = await network.HeightsAsync();

        foreach (var lost in new[] { "peer-1.org2", "orderer-1.orderer" })
        {
            output.WriteLine($"{DateTimeOffset.UtcNow:T} losing {lost}");
            await network.LoseAsync(lost);
            Succeeded(await service.Api.RestoreToEndAsync(Name, backup, force: true, [lost]));
            await network.WriteAsync($"after{lost[..4]}", 2);
            await network.AssertAgreeAsync(before);
        }

        var kept = network.Written.Where(asset => asset.Key.StartsWith("before", StringComparison.Ordinal)).ToList();
        Succeeded(await service.Api.RestoreToEndAsync(Name, backup, force: true));
        await network.AssertAssetsAsync(kept);
        await network.WriteAsync("whole", 2);

        await IncrementTests.AssertSmallAsync(output, service, network, Name);
        var second = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync(Name)).Id);
        var last = await network.HeightsAsync();
        Succeeded(await service.Api.DeleteToEndAsync(Name));
        Succeeded(await service.Api.MoveToEndAsync("moved", Name, second));
        var moved = new DrillNetwork(service, "moved");
        await moved.AssertAgreeAsync(last);
        await moved.AssertDefinitionAsync();
        await moved.AssertAssetsAsync(network.Written.Where(asset => asset.Key.StartsWith("whole", StringComparison.Ordinal)).Concat(kept));
        await moved.WriteAsync("new", 2);
        await moved.AssertAssetsAsync(moved.Written);
    }

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
