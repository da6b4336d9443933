using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Records.Backups;

/// <summary>Manifests of backups, from the second store's copy where the first store's is missing or damaged. What is whole in neither store is left as it is, and both are named.</summary>
internal sealed class BackupManifests(RecordStore records, IBlobStore blobs, BackupStore backups, SecondPlace? second = null)
{
    /// <summary>The code of a backup that was forgotten while it was read.</summary>
    public const string Forgotten = "backup-not-found";

    /// <summary>A manifest whose signature is right; nothing is put back.</summary>
    /// <exception cref="BackupException"><c>backup-manifest-missing</c>, <c>backup-manifest-damaged</c>, <c>backup-key-missing</c>, <c>backup-key-wrong</c>: of the first store; the second one's is no better.</exception>
    public async Task<BackupManifest> ReadAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken) =>
        (await FindAsync(network, backup, cancellationToken)).Manifest;

    /// <summary>The same, and puts the copy in its place where it was read from there.</summary>
    /// <returns>The manifest, and what was wrong with the first store's; null when nothing was.</returns>
    /// <exception cref="BackupException">As <see cref="ReadAsync"/>; or it was forgotten meanwhile (<c>backup-not-found</c>).</exception>
    public async Task<(BackupManifest Manifest, string? Fault)> HealAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        var (manifest, copy) = await FindAsync(network, backup, cancellationToken);
        while (copy is not null)
        {
            await BackupTransfer.CopyKeysAsync(copy.From, new BackupPlace(blobs, backups), network, cancellationToken);
            if (await TryPutBackAsync(network, backup, copy, cancellationToken))
            {
                break;
            }

            (manifest, copy) = await FindAsync(network, backup, cancellationToken); // somebody else has healed or forgotten it
        }

        return (manifest, copy?.Fault);
    }

    private async Task<(BackupManifest Manifest, Copy? Copy)> FindAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        var here = await blobs.GetAsync(BackupNames.Manifest(network, backup), cancellationToken);
        try
        {
            return (await backups.OpenManifestAsync(network, backup, here, cancellationToken), null);
        }
        catch (BackupException fault) when (second is not null)
        {
            var (manifest, content) = await ReadCopyAsync(second, network, backup, fault, cancellationToken);
            return (manifest, new Copy(second.Place, content, here is null ? BlobCondition.Absent : BlobCondition.Matches(here.Tag), fault.Message));
        }
    }

    private async Task<(BackupManifest Manifest, ReadOnlyMemory<byte> Content)> ReadCopyAsync(
        SecondPlace from, NetworkReference network, BackupId backup, BackupException fault, CancellationToken cancellationToken)
    {
        try
        {
            var copy = await from.Place.Blobs.GetAsync(BackupNames.Manifest(network, backup), cancellationToken);
            var judge = await backups.HasKeyAsync(network, cancellationToken) ? backups : from.Place.Backups;
            var manifest = await judge.OpenManifestAsync(network, backup, copy, cancellationToken);
            return (manifest, copy?.Content ?? default); // what was opened is there
        }
        catch (BaasException failure) when (failure is BackupException or StorageException)
        {
            throw new BackupException(fault.Code, $"{fault.Message}; its copy in second store \"{from.Name}\" does not help: {failure.Message}", fault)
            {
                IsTransient = failure.IsTransient,
            };
        }
    }

    // Whoever forgets a backup leaves a note, deletes the manifest and then the record. A damaged one is replaced only while it is there; after a missing one was put
    // back, either the note or the absence of the record tells that it was missing because it was forgotten.
    private async Task<bool> TryPutBackAsync(NetworkReference network, BackupId backup, Copy copy, CancellationToken cancellationToken)
    {
        var name = BackupNames.Manifest(network, backup);
        BlobTag tag;
        try
        {
            tag = await blobs.PutAsync(name, copy.Content, copy.Condition, cancellationToken);
        }
        catch (BlobConflictException)
        {
            return false;
        }

        if (!await ForgottenBackup.IsNotedAsync(records, network, backup, cancellationToken)
            && await records.GetAsync<BackupRecord>(BackupRecordNames.Of(network, backup), cancellationToken) is not null)
        {
            return true;
        }

        await blobs.DeleteAsync(name, BlobCondition.Matches(tag), cancellationToken);
        throw new BackupException(Forgotten, $"cannot read backup \"{backup}\": it was forgotten");
    }

    /// <summary>A copy that can take a manifest's place.</summary>
    /// <param name="From">Where it is.</param>
    /// <param name="Content">Its bytes, whose signature is right.</param>
    /// <param name="Condition">What it may replace.</param>
    /// <param name="Fault">What is wrong with that.</param>
    private sealed record Copy(BackupPlace From, ReadOnlyMemory<byte> Content, BlobCondition Condition, string Fault);
}
