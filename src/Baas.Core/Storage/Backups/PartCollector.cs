using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>
/// Deletes what no kept backup of a network names: parts, those of volumes that no backup holds included, and what agents have left. What a kept one names stays in
/// every store, and need not be in every store. No backup may be under way.
/// </summary>
internal static class PartCollector
{
    /// <summary>Collects.</summary>
    /// <param name="first">Where backups are.</param>
    /// <param name="second">Where their copies are; null when there is none.</param>
    /// <param name="network">The network.</param>
    /// <param name="kept">All manifests that are kept in either store. When the list of files of one of them is whole in neither, nothing is deleted.</param>
    /// <param name="mayGoOn">Asked before each deletion.</param>
    /// <param name="cancellationToken">Ends it; the next one goes on.</param>
    /// <returns>How many parts were deleted.</returns>
    /// <exception cref="ArchiveException">A list of files cannot be read.</exception>
    public static async Task<long> CollectAsync(
        BackupPlace first, BackupPlace? second, NetworkReference network, IReadOnlyList<BackupManifest> kept, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var named = await NamesAsync(first, second, network, kept, cancellationToken);
        var deleted = 0L;
        foreach (var place in new[] { first, second }.OfType<BackupPlace>())
        {
            deleted += await DeleteAsync(place.Blobs, BackupNames.Folder(network), named, mayGoOn, cancellationToken);
        }

        return deleted;
    }

    private static async Task<Dictionary<string, HashSet<UInt128>>> NamesAsync(
        BackupPlace first, BackupPlace? second, NetworkReference network, IReadOnlyList<BackupManifest> kept, CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, HashSet<UInt128>>(StringComparer.Ordinal);
        foreach (var (volume, root) in kept.SelectMany(manifest => manifest.Archives))
        {
            var keys = VolumeKeys.Of(await first.Backups.ReadVolumeKeyAsync(network, volume, cancellationToken));
            var parts = first.Backups.PartsOf(network, volume);

            // Nothing is put back here: backups are forgotten when disks are full.
            IArchiveParts lists = second is null ? parts : new HealingParts(keys, parts, second.Backups.PartsOf(network, volume), isReadOnly: true);
            var names = named.TryGetValue(volume, out var known) ? known : named[volume] = [];
            await foreach (var name in new VolumeReader(keys, lists).PartsAsync(root, cancellationToken))
            {
                names.Add(PartSender.ShortOf(name));
            }
        }

        return named;
    }

    private static async Task<long> DeleteAsync(IBlobStore blobs, string folder, Dictionary<string, HashSet<UInt128>> named, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        await foreach (var blob in blobs.ListAsync(folder, null, cancellationToken))
        {
            if (!IsUnneeded(blob[folder.Length..], named))
            {
                continue;
            }

            if (!mayGoOn())
            {
                return deleted;
            }

            await blobs.DeleteAsync(blob, BlobCondition.None, cancellationToken);
            deleted += blob.Contains($"/{PartNames.Chunks}", StringComparison.Ordinal) ? 1 : 0;
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
