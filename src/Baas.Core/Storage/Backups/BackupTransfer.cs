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

    /// <summary>Whether every part that a backup names is there; what is in them is not looked at.</summary>
    public static async Task<bool> IsThereAsync(BackupPlace place, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        var manifest = await place.Backups.ReadManifestAsync(network, backup, cancellationToken);
        foreach (var (volume, root) in manifest.Archives)
        {
            var keys = VolumeKeys.Of(await place.Backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
            var parts = place.Backups.PartsOf(network, volume);
            var there = await NamesAsync(parts, cancellationToken);
            try
            {
                if (await new VolumeReader(keys, parts).PartsAsync(root, cancellationToken).AnyAsync(name => !there.Contains(PartSender.ShortOf(name)), cancellationToken))
                {
                    return false;
                }
            }
            catch (ArchiveException)
            {
                return false; // its list of files is not whole
            }
        }

        return true;
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

    private static async Task CopyKeysAsync(BackupPlace from, BackupPlace to, NetworkReference network, CancellationToken cancellationToken)
    {
        await foreach (var name in from.Blobs.ListAsync(BackupNames.KeysFolder(network), null, cancellationToken))
        {
            await CopyBlobAsync(from, to, name, cancellationToken);
        }
    }

    private static async Task CopyManifestAsync(BackupPlace from, BackupPlace to, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        await CopyBlobAsync(from, to, BackupNames.Manifest(network, backup), cancellationToken);
        await to.Backups.ReadManifestAsync(network, backup, cancellationToken); // its signature is right there, too
    }

    private static async Task CopyPartsAsync(BackupPlace from, BackupPlace to, NetworkReference network, string volume, VolumeRoot root, CancellationToken cancellationToken)
    {
        var keys = VolumeKeys.Of(await from.Backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
        var (source, target) = (from.Backups.PartsOf(network, volume), to.Backups.PartsOf(network, volume));
        var there = await NamesAsync(target, cancellationToken);
        var missing = new VolumeReader(keys, source).PartsAsync(root, cancellationToken).Where(name => there.Add(PartSender.ShortOf(name)));
        await System.Threading.Tasks.Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (name, token) =>
        {
            var part = await source.GetAsync(PartNames.Chunk(name), token) ?? throw ArchiveException.Missing(name);
            PartBox.OpenNamed(keys, name, part);
            await target.PutAsync(PartNames.Chunk(name), part, token);
        });
    }

    private static async Task CopyBlobAsync(BackupPlace from, BackupPlace to, string name, CancellationToken cancellationToken)
    {
        if (await to.Blobs.GetAsync(name, cancellationToken) is null && await from.Blobs.GetAsync(name, cancellationToken) is { } blob)
        {
            await to.Blobs.PutAsync(name, blob.Content, BlobCondition.None, cancellationToken);
        }
    }
}
