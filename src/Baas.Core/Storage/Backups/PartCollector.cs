using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>Deletes what no kept backup of a network names: parts, those of volumes that no backup holds included, and what agents have left. No backup may be under way.</summary>
internal static class PartCollector
{
    /// <summary>Collects.</summary>
    /// <param name="blobs">Where.</param>
    /// <param name="network">The network.</param>
    /// <param name="kept">All manifests that are kept, each with the store that its list of files is read from. When one of them cannot be read, nothing is deleted.</param>
    /// <param name="mayGoOn">Asked before each deletion.</param>
    /// <param name="cancellationToken">Ends it; the next one goes on.</param>
    /// <returns>How many parts were deleted.</returns>
    /// <exception cref="ArchiveException">A list of files cannot be read.</exception>
    public static async Task<long> CollectAsync(
        IBlobStore blobs, NetworkReference network, IReadOnlyList<(BackupStore Backups, BackupManifest Manifest)> kept, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, HashSet<UInt128>>(StringComparer.Ordinal);
        foreach (var (backups, manifest) in kept)
        {
            foreach (var (volume, root) in manifest.Archives)
            {
                var keys = VolumeKeys.Of(await backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
                var names = named.TryGetValue(volume, out var known) ? known : named[volume] = [];
                await foreach (var name in new VolumeReader(keys, backups.PartsOf(network, volume)).PartsAsync(root, cancellationToken))
                {
                    names.Add(PartSender.ShortOf(name));
                }
            }
        }

        var (deleted, folder) = (0L, BackupNames.Folder(network));
        await foreach (var blob in blobs.ListAsync(folder, null, cancellationToken))
        {
            if (IsUnneeded(blob[folder.Length..], named))
            {
                if (!mayGoOn())
                {
                    return deleted;
                }

                await blobs.DeleteAsync(blob, BlobCondition.None, cancellationToken);
                deleted += blob.Contains($"/{PartNames.Chunks}", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        return deleted;
    }

    private static bool IsUnneeded(string name, Dictionary<string, HashSet<UInt128>> named)
    {
        if (name.StartsWith(BackupNames.NotesFolder, StringComparison.Ordinal))
        {
            return true;
        }

        if (!name.StartsWith(BackupNames.Artifacts + "/", StringComparison.Ordinal) && !name.StartsWith(BackupNames.VolumesFolder, StringComparison.Ordinal))
        {
            return false; // keys, manifests and what a later version keeps
        }

        var chunks = name.IndexOf($"/{PartNames.Chunks}", StringComparison.Ordinal);
        return chunks < 0 || !named.TryGetValue(name[..chunks], out var names) || !names.Contains(PartSender.ShortOf(name[(chunks + 1 + PartNames.Chunks.Length)..]));
    }
}
