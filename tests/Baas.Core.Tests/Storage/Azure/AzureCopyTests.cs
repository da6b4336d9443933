using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Tests.Operations.Backups;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>Copies of backups between two containers of the emulator.</summary>
public sealed class AzureCopyTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [AzuriteFact]
    public async Task Backup_IsCopied_AndComesBack()
    {
        var masterKey = new AesMasterKey(new byte[32]);
        var (first, other, empty) = (await NewAsync(), new SecondPlace("west", await NewAsync(), masterKey), await NewAsync());
        var backups = new BackupStore(first, new SecretStore(first, masterKey));
        await StoredBackups.PutAsync(new RecordStore(first), backups, 1, "shared", "own");

        Assert.Equal((1, 0, 0), await new BackupUpkeep(new RecordStore(first), first, backups, TimeProvider.System, other).RunAsync(CancellationToken.None));
        Assert.Empty(await StoredBackups.FaultsAsync(other.Place.Backups, 1));

        var recalled = new BackupStore(empty, new SecretStore(empty, masterKey));
        Assert.Equal((0, 1, 0), await new BackupUpkeep(new RecordStore(empty), empty, recalled, TimeProvider.System, other).RunAsync(CancellationToken.None));
        await new RecallBackup(empty, recalled, other).ApplyAsync(new RecallBackup.Input(TestOperations.Network, StoredBackups.IdOf(1)), CancellationToken.None);
        Assert.Empty(await StoredBackups.FaultsAsync(recalled, 1));
    }

    private async Task<AzureBlobStore> NewAsync()
    {
        var store = new AzureBlobStore(azurite.NewContainer());
        await store.CreateContainerAsync(CancellationToken.None);
        return store;
    }
}
