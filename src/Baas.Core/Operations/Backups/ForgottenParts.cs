using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>
/// Deletes what forgotten backups of a network have left, in both stores. It can end anywhere: notes of what was forgotten go last, and until then the next run does the
/// same again.
/// </summary>
internal sealed class ForgottenParts(RecordStore records, BackupPlace first, BackupManifests manifests, TimeProvider clock, SecondPlace? second)
{
    // A backup that would begin meanwhile waits; one that finds an old mark does not.
    private static readonly TimeSpan CollectionLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Clears away after all forgotten backups of a network.</summary>
    /// <returns>Whether all is done; not when a backup is being taken, or it was too much for one run.</returns>
    /// <exception cref="BaasException">A kept backup's manifest or list of files is whole in neither store, or a store cannot be asked: nothing was deleted then but the forgotten ones' manifests.</exception>
    public async Task<bool> ClearAsync(NetworkReference network, IReadOnlyList<ForgottenBackup> forgotten, CancellationToken cancellationToken)
    {
        if (second is not null)
        {
            await CopyOwner.ClaimAsync(records, second, cancellationToken);
        }

        foreach (var backup in forgotten)
        {
            await ForgottenBackup.ForgetAsync(records, first.Backups, network, backup.Id, cancellationToken); // what began to forget it may have crashed
            if (second is not null)
            {
                await second.Place.Backups.DeleteManifestAsync(network, backup.Id, cancellationToken);
                await second.Place.Blobs.DeleteAsync(BackupRecordNames.Of(network, backup.Id), BlobCondition.None, cancellationToken);
            }
        }

        if (!await CollectAsync(network, cancellationToken))
        {
            return false;
        }

        foreach (var backup in forgotten)
        {
            await records.DeleteAsync(BackupRecordNames.Forgotten(network, backup.Id), BlobCondition.None, cancellationToken);
        }

        return true;
    }

    private async Task<bool> CollectAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + CollectionLimit;
        bool MayGoOn() => clock.GetUtcNow() < until - Skew;
        await first.Backups.MarkCollectionAsync(network, until, cancellationToken);
        try
        {
            if (await IsBackedUpAsync(network, cancellationToken))
            {
                return false;
            }

            var kept = await ReadKeptAsync(network, cancellationToken);
            await PartCollector.CollectAsync(first, second?.Place, network, kept, MayGoOn, cancellationToken);
            return MayGoOn();
        }
        finally
        {
            await first.Backups.MarkCollectionAsync(network, null, CancellationToken.None);
        }
    }

    private async Task<bool> IsBackedUpAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await foreach (var (_, stored) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(network), null, cancellationToken))
        {
            // One whose operation has ended without writing it down runs no longer.
            if (stored.Record.State == BackupState.Running
                && await records.GetAsync<OperationRecord>(RecordNames.Operation(network.Tenant, stored.Record.Operation), cancellationToken) is { Record.EndedAt: null })
            {
                return true;
            }
        }

        return false;
    }

    // All that either store knows. One whose manifest is gone is still kept, unless a note says that it was forgotten: somebody may bring the manifest back.
    private async Task<IReadOnlyList<BackupManifest>> ReadKeptAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        List<BackupManifest> kept = [];
        foreach (var backup in await ListKeptAsync(network, cancellationToken))
        {
            try
            {
                kept.Add(await manifests.ReadAsync(network, backup, cancellationToken));
            }
            catch (BackupException)
            {
                if (!await ForgottenBackup.IsNotedAsync(records, network, backup, cancellationToken))
                {
                    throw;
                }
            }
        }

        return kept;
    }

    private async Task<IReadOnlySet<BackupId>> ListKeptAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        HashSet<BackupId> kept = [];
        await foreach (var (_, stored) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(network), null, cancellationToken))
        {
            if (stored.Record.State is BackupState.Complete or BackupState.Damaged)
            {
                kept.Add(stored.Record.Id);
            }
        }

        foreach (var place in new[] { first, second?.Place }.OfType<BackupPlace>())
        {
            await foreach (var backup in place.Backups.ListAsync(network, cancellationToken))
            {
                kept.Add(backup);
            }
        }

        return kept;
    }
}
