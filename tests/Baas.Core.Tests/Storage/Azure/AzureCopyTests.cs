using System.Reflection;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Tests.Operations.Backups;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>Copies of backups between two containers of the emulator.</summary>
public sealed class AzureCopyTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    public static TheoryData<string> Rules { get; } =
        [.. typeof(SecondStoreContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name)];

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
        await StoredBackups.RecallAsync(empty, recalled, other, 1);
        Assert.Empty(await StoredBackups.FaultsAsync(recalled, 1));
    }

    [AzuriteTheory]
    [MemberData(nameof(Rules))]
    public async Task Contract_OnTheEmulator_Holds(string rule) => await (Task)typeof(SecondStoreContract).GetMethod(rule)!.Invoke(new OnAzurite(NewAsync), null)!;

    private async Task<AzureBlobStore> NewAsync()
    {
        var store = new AzureBlobStore(azurite.NewContainer());
        await store.CreateContainerAsync(CancellationToken.None);
        return store;
    }

    private sealed class OnAzurite(Func<Task<AzureBlobStore>> make) : SecondStoreContract
    {
        protected override async Task<IBlobStore> NewAsync() => await make();
    }
}
