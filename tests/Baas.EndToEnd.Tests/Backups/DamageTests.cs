using System.Net;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>A stored part is spoilt: the check and the restore name it, and the network stays what it was.</summary>
public sealed class DamageTests : SandboxTests
{
    private const string Name = "damaged";

    [Fact]
    public async Task SpoiltPart_IsNamed_AndNothingIsReplaced()
    {
        await using var service = await Host.StartServiceAsync("service");
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync(Name)).State);
        using (var first = await service.Api.TryBackUpAsync(Name, "a"))
        using (var second = await service.Api.TryBackUpAsync(Name, "b"))
        {
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
            Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(first))).State);
        }

        var backup = Assert.Single(await service.Api.ListBackupsAsync(Name)).Id;
        var before = await new DrillNetwork(service, Name).HeightsAsync();
        var part = await SpoilAsync(service, "/volumes/org1/peer-1/chunks/");

        var check = await service.Api.VerifyToEndAsync(Name, backup);
        Assert.Equal((OperationState.Failed, "backup-damaged"), (check.State, check.Failure?.Code));
        var shown = await service.Api.FindBackupAsync(Name, backup);
        Assert.Equal(BackupState.Damaged, shown?.State);
        Assert.Contains(shown!.Faults, fault => fault.Contains(part, StringComparison.Ordinal)); // seen above

        var restore = await service.Api.RestoreToEndAsync(Name, backup, force: true);
        Assert.Equal((OperationState.Failed, "agent-failed"), (restore.State, restore.Failure?.Code));
        Assert.Contains(part, restore.Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(restore.Failure!.Leftovers); // it has failed
        Assert.Equal((NetworkState.Ready, null), ((await service.Api.FindAsync(Name))?.State, (await service.Api.FindAsync(Name))?.ActiveOperation));
        Assert.Equal(before, await new DrillNetwork(service, Name).HeightsAsync());

        var manifest = await SpoilAsync(service, "/manifests/");
        Assert.Equal("backup-damaged", (await service.Api.VerifyToEndAsync(Name, backup)).Failure?.Code);
        Assert.Contains(manifest, Assert.Single((await service.Api.FindBackupAsync(Name, backup))!.Faults), StringComparison.Ordinal); // it is shown without what it holds

        Assert.Equal(HttpStatusCode.NoContent, (await service.Api.TryForgetAsync(Name, backup)).StatusCode);
        Assert.Empty(await service.Api.ListBackupsAsync(Name));
    }

    private static async Task<string> SpoilAsync(ServiceRun service, string folder)
    {
        var blobs = service.Get<IBlobStore>();
        await foreach (var name in blobs.ListAsync("backups/", null, CancellationToken.None))
        {
            if (name.Contains(folder, StringComparison.Ordinal))
            {
                var content = (await blobs.GetAsync(name, CancellationToken.None))!.Content.ToArray(); // it was listed
                content[^1] ^= 1;
                await blobs.PutAsync(name, content, BlobCondition.None, CancellationToken.None);
                return name[(name.LastIndexOf('/') + 1)..];
            }
        }

        throw new InvalidOperationException("there is no part");
    }
}
