using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Baas.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>Backups are copied to a second store; a network comes back from there when the first one has lost them.</summary>
public sealed class CopyTests : SandboxTests
{
    private const string Name = "copied";
    private const string Part = "/volumes/org1/peer-1/chunks/";
    private const string Manifest = "/manifests/";

    [Fact]
    public async Task Restore_FirstStoreHasLostItsBackups_ComesFromTheCopy()
    {
        MemoryBlobStore other = new();
        await using var service = await Host.StartServiceAsync(
            "service", services => services.AddSingleton(provider => new SecondPlace("west", other, provider.GetRequiredService<IMasterKey>())));
        Succeeded(await service.Api.CreateToEndAsync(Name, DrillNetwork.Specification(Name)));
        var network = new DrillNetwork(service, Name);
        await network.WriteAsync("before", 5);
        var backup = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync(Name)).Id);
        await service.Get<BackupUpkeep>().RunAsync(CancellationToken.None); // at the latest now: a timer does it, too
        Assert.Equal("west", Assert.Single((await service.Api.FindBackupAsync(Name, backup))!.Copies).Name); // it is there
        Succeeded(await service.Api.DeleteToEndAsync(Name));
        await SpoilAsync(service, Part);
        await SpoilAsync(service, Manifest);
        Assert.NotEmpty((await service.Api.FindBackupAsync(Name, backup))!.Volumes!); // it is shown by the copy
        Succeeded(await service.Api.VerifyToEndAsync(Name, backup));
        var healed = await service.Api.FindBackupAsync(Name, backup);
        Assert.Equal((BackupState.Complete, 2, 0), (healed!.State, healed.Healed.Count, healed.Faults.Count)); // it is there
        await SpoilAsync(service, Part);
        await SpoilAsync(service, Manifest);
        Succeeded(await service.Api.RestoreToEndAsync(Name, backup));
        await network.AssertAssetsAsync(network.Written);
        Succeeded(await service.Api.DeleteToEndAsync(Name));
        await LoseAsync(service);
        Assert.Empty(await service.Api.ListBackupsAsync(Name));

        await service.Get<BackupUpkeep>().RunAsync(CancellationToken.None);
        Succeeded(await service.Api.RestoreToEndAsync(Name, backup));

        await network.AssertAssetsAsync(network.Written);
        await network.WriteAsync("after", 2);
    }

    private static async Task SpoilAsync(ServiceRun service, string folder)
    {
        var blobs = service.Get<IBlobStore>();
        var name = await blobs.ListAsync("backups/", null, CancellationToken.None).FirstAsync(name => name.Contains(folder, StringComparison.Ordinal));
        var content = (await blobs.GetAsync(name, CancellationToken.None))!.Content.ToArray(); // it was listed
        content[^1] ^= 1;
        await blobs.PutAsync(name, content, BlobCondition.None, CancellationToken.None);
    }

    private static async Task LoseAsync(ServiceRun service)
    {
        var blobs = service.Get<IBlobStore>();
        foreach (var folder in new[] { "backups/", "records/backups/" })
        {
            await foreach (var name in blobs.ListAsync(folder, null, CancellationToken.None))
            {
                await blobs.DeleteAsync(name, BlobCondition.None, CancellationToken.None);
            }
        }
    }

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
