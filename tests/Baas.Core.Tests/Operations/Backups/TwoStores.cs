using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>A service's store and the second one, and what the service does with both.</summary>
internal sealed class TwoStores(IBlobStore first, IBlobStore other)
{
    private static readonly NetworkReference Network = TestOperations.Network;
    private static readonly AesMasterKey MasterKey = new(new byte[32]);

    public IBlobStore First => first;

    public IBlobStore Other => other;

    public RecordStore Records { get; } = new(first);

    public BackupStore Backups { get; } = new(first, new SecretStore(first, MasterKey));

    public SecondPlace Second { get; } = new("west", other, MasterKey);

    public BackupManifests Manifests => new(Records, first, Backups, Second);

    public static string ManifestOf(int number) => BackupNames.Manifest(Network, StoredBackups.IdOf(number));

    public static string RecordOf(int number) => BackupRecordNames.Of(Network, StoredBackups.IdOf(number));

    /// <summary>A new, empty first store beside the same second one, which belongs to it from now on.</summary>
    public async Task<TwoStores> LoseFirstAsync(IBlobStore empty)
    {
        await other.DeleteAsync("copies/owner.json", BlobCondition.None, CancellationToken.None);
        return new TwoStores(empty, other);
    }

    public Task PutAsync(int number, params string[] contents) => StoredBackups.PutAsync(Records, Backups, number, contents);

    public Task<(int Copied, int Recalled, int Cleared)> UpkeepAsync() => new BackupUpkeep(Records, first, Backups, TimeProvider.System, Second).RunAsync(CancellationToken.None);

    /// <summary>Begins another backup, before or after the others were recalled.</summary>
    public Task BeginAsync(int number) =>
        new BeginBackup(Records, first, Backups, TimeProvider.System, Second).ApplyAsync(new BeginBackup.Input(Network, OperationId.Parse("op-9"), StoredBackups.IdOf(number)), CancellationToken.None);

    public Task ForgetAsync(int number) => ForgottenBackup.ForgetAsync(Records, Backups, Network, StoredBackups.IdOf(number), CancellationToken.None);

    public Task RecallAsync(int number) => StoredBackups.RecallAsync(first, Backups, Second, number);

    public Task<ListArchives.Output> VerifyManifestAsync(int number) => new ListArchives(Manifests).ApplyAsync(new ListArchives.Input(Network, StoredBackups.IdOf(number)), CancellationToken.None);

    /// <summary>What is wrong with a backup in one of the two stores.</summary>
    public Task<IReadOnlyList<string>> FaultsAsync(IBlobStore store, int number) => StoredBackups.FaultsAsync(store == other ? Second.Place.Backups : Backups, number);

    public static Task<int> CountPartsAsync(IBlobStore store) =>
        store.ListAsync(BackupNames.Folder(Network), null, CancellationToken.None).CountAsync(name => name.Contains("/chunks/", StringComparison.Ordinal)).AsTask();

    public static async Task<byte[]?> ReadAsync(IBlobStore store, string name) => (await store.GetAsync(name, CancellationToken.None))?.Content.ToArray();

    /// <summary>Flips a bit, cuts in half, or removes.</summary>
    public static async Task SpoilAsync(IBlobStore store, string name, string how)
    {
        var content = (await ReadAsync(store, name))!; // it is there
        content[content.Length / 3] ^= 1;
        await (how switch
        {
            "remove" => store.DeleteAsync(name, BlobCondition.None, CancellationToken.None),
            "cut" => store.PutAsync(name, content.AsMemory(0, content.Length / 2), BlobCondition.None, CancellationToken.None),
            _ => store.PutAsync(name, content, BlobCondition.None, CancellationToken.None),
        });
    }
}
