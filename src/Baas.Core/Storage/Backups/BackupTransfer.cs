using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>Copies backups from one store to another: what is there already is not sent again, each part is checked on its way, and the manifest comes last.</summary>
internal static class BackupTransfer
{
    private const int Parallel = 8;

    /// <summary>Copies a backup; it is whole there when this returns.</summary>
    /// <exception cref="ArchiveException">A part is missing or damaged where it comes from.</exception>
    /// <exception cref="BackupException">The manifest is missing or damaged, or the other store has another key.</exception>
    /// <exception cref="StorageException">A store does not answer, is full or refuses.</exception>
    public static async Task CopyAsync(BackupPlace from, BackupPlace to, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        await CopyKeysAsync(from, to, network, cancellationToken);
        var manifest = await from.Backups.ReadManifestAsync(network, backup, cancellationToken);
        foreach (var (volume, root) in manifest.Archives)
        {
            await CopyPartsAsync(from, to, network, volume, root, cancellationToken);
        }

        await CopyManifestAsync(from, to, network, backup, cancellationToken);
    }

    /// <summary>Copies what is needed to see a backup, without its parts.</summary>
    public static async Task CopyHeadAsync(BackupPlace from, BackupPlace to, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        await CopyKeysAsync(from, to, network, cancellationToken);
        await CopyManifestAsync(from, to, network, backup, cancellationToken);
    }

    /// <summary>
    /// Puts back the parts that a store lacks of a backup, or has damaged, from their copies in another one; each part is checked before. What neither has is found when
    /// the backup is read.
    /// </summary>
    public static async Task HealAsync(BackupPlace place, BackupPlace copies, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var network = manifest.Network;
        foreach (var (volume, root) in manifest.Archives)
        {
            var keys = VolumeKeys.Of(await place.Backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
            var parts = new HealingParts(keys, place.Backups.PartsOf(network, volume), copies.Backups.PartsOf(network, volume));
            HashSet<UInt128> seen = [];
            try
            {
                var names = new VolumeReader(keys, parts).PartsAsync(root, cancellationToken).Where(name => seen.Add(PartSender.ShortOf(name)));
                await ForEachAsync(names, (name, token) => parts.GetAsync(PartNames.Chunk(name), token), cancellationToken);
            }
            catch (ArchiveException)
            {
                // The list of files is whole nowhere.
            }
        }
    }

    /// <summary>Copies the keys of a network's backups that are not there yet.</summary>
    public static async Task CopyKeysAsync(BackupPlace from, BackupPlace to, NetworkReference network, CancellationToken cancellationToken)
    {
        await foreach (var name in from.Blobs.ListAsync(BackupNames.KeysFolder(network), null, cancellationToken))
        {
            await CopyBlobAsync(from, to, name, cancellationToken);
        }
    }

    private static async Task<HashSet<UInt128>> NamesAsync(BlobParts parts, CancellationToken cancellationToken)
    {
        var names = new HashSet<UInt128>();
        await foreach (var name in parts.ChunksAsync(cancellationToken))
        {
            names.Add(PartSender.ShortOf(name));
        }

        return names;
    }

    // One that is whole there stays; one that is not is replaced by one whose signature is right there, too.
    private static async Task CopyManifestAsync(BackupPlace from, BackupPlace to, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        try
        {
            await to.Backups.ReadManifestAsync(network, backup, cancellationToken);
        }
        catch (BackupException)
        {
            var name = BackupNames.Manifest(network, backup);
            var copy = await from.Blobs.GetAsync(name, cancellationToken);
            await to.Backups.OpenManifestAsync(network, backup, copy, cancellationToken);
            await to.Blobs.PutAsync(name, copy?.Content ?? default, BlobCondition.None, cancellationToken); // what was opened is there
        }
    }

    private static async Task CopyPartsAsync(BackupPlace from, BackupPlace to, NetworkReference network, string volume, VolumeRoot root, CancellationToken cancellationToken)
    {
        var keys = VolumeKeys.Of(await from.Backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
        var (source, target) = (from.Backups.PartsOf(network, volume), to.Backups.PartsOf(network, volume));
        var there = await NamesAsync(target, cancellationToken);
        var missing = new VolumeReader(keys, source).PartsAsync(root, cancellationToken).Where(name => there.Add(PartSender.ShortOf(name)));
        await ForEachAsync(missing, CopyAsync, cancellationToken);

        async Task CopyAsync(string name, CancellationToken token)
        {
            var part = await source.GetAsync(PartNames.Chunk(name), token) ?? throw ArchiveException.Missing(name);
            PartBox.OpenNamed(keys, name, part);
            await target.PutAsync(PartNames.Chunk(name), part, token);
        }
    }

    private static Task ForEachAsync(IAsyncEnumerable<string> names, Func<string, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            names, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (name, token) => await work(name, token));

    private static async Task CopyBlobAsync(BackupPlace from, BackupPlace to, string name, CancellationToken cancellationToken)
    {
        if (await to.Blobs.GetAsync(name, cancellationToken) is null && await from.Blobs.GetAsync(name, cancellationToken) is { } blob)
        {
            try
            {
                await to.Blobs.PutAsync(name, blob.Content, BlobCondition.Absent, cancellationToken);
            }
            catch (BlobConflictException)
            {
                // Somebody else was first: theirs stays.
            }
        }
    }
}
