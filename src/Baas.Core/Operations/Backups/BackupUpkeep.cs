using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>
/// Looks after stored backups: copies whole ones to the second store, makes those known that only the second store has, and deletes what forgotten ones have
/// left. Each run goes on where the last one ended. One run at a time: no other service writes to the second store (<see cref="CopyOwner"/>).
/// </summary>
internal sealed class BackupUpkeep(RecordStore records, IBlobStore blobs, BackupStore backups, TimeProvider clock, SecondPlace? second = null)
{
    // A backup that would begin meanwhile waits; one that finds an old mark does not.
    private static readonly TimeSpan CollectionLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private BackupPlace First { get; } = new(blobs, backups);

    /// <summary>Does all of it. What fails for one backup does not keep others waiting.</summary>
    /// <returns>How many backups were copied, made known and cleared away.</returns>
    /// <exception cref="BaasException">The first failure, after everything else was done.</exception>
    public async Task<(int Copied, int Recalled, int Cleared)> RunAsync(CancellationToken cancellationToken)
    {
        List<BaasException> failures = [];
        var recalled = second is null ? 0 : await RecallAsync(second, failures, cancellationToken);
        var copied = second is null ? 0 : await CopyAsync(second, failures, cancellationToken);
        var cleared = await ClearAsync(failures, cancellationToken);
        return failures.Count == 0 ? (copied, recalled, cleared) : throw failures[0];
    }

    private static async Task<bool> TryAsync(Func<Task> work, List<BaasException> failures)
    {
        try
        {
            await work();
            return true;
        }
        catch (BaasException failure)
        {
            failures.Add(failure);
            return false;
        }
    }

    // After the loss of the first store: what the second one knows and nobody has forgotten. Its parts come when it is restored.
    private async Task<int> RecallAsync(SecondPlace from, List<BaasException> failures, CancellationToken cancellationToken)
    {
        var recalled = 0;
        await TryAsync(
            async () =>
            {
                await foreach (var (name, stored) in new RecordStore(from.Place.Blobs).ListAsync<BackupRecord>(BackupRecordNames.All, null, cancellationToken))
                {
                    var backup = stored.Record;
                    if (await records.GetAsync<BackupRecord>(name, cancellationToken) is null
                        && await records.GetAsync<ForgottenBackup>(BackupRecordNames.Forgotten(backup.Network, backup.Id), cancellationToken) is null)
                    {
                        await BackupTransfer.CopyHeadAsync(from.Place, First, backup.Network, backup.Id, cancellationToken);
                        await records.PutIfAbsentAsync(name, backup, cancellationToken);
                        recalled++;
                    }
                }
            },
            failures);
        return recalled;
    }

    private async Task<int> CopyAsync(SecondPlace to, List<BaasException> failures, CancellationToken cancellationToken)
    {
        var copied = 0;
        await foreach (var (name, stored) in records.ListAsync<BackupRecord>(BackupRecordNames.All, null, cancellationToken))
        {
            var backup = stored.Record;
            if (backup.State == BackupState.Complete && !backup.Copies.Any(copy => copy.Name == to.Name)
                && await TryAsync(() => CopyAsync(to, name, backup, cancellationToken), failures))
            {
                copied++;
            }
        }

        return copied;
    }

    private async Task CopyAsync(SecondPlace to, string name, BackupRecord backup, CancellationToken cancellationToken)
    {
        await CopyOwner.ClaimAsync(records, to, cancellationToken);
        await BackupTransfer.CopyAsync(First, to.Place, backup.Network, backup.Id, cancellationToken);
        var copy = new BackupCopy(to.Name, clock.GetUtcNow());
        await new RecordStore(to.Place.Blobs).PutAsync(name, backup with { Copies = [.. backup.Copies, copy] }, BlobCondition.None, cancellationToken);
        await records.ChangeAsync<BackupRecord>(name, record => record with { Copies = [.. record.Copies, copy] }, cancellationToken);
    }

    private async Task<int> ClearAsync(List<BaasException> failures, CancellationToken cancellationToken)
    {
        List<ForgottenBackup> all = [];
        await foreach (var (_, stored) in records.ListAsync<ForgottenBackup>(BackupRecordNames.AllForgotten, null, cancellationToken))
        {
            all.Add(stored.Record);
        }

        var cleared = 0;
        foreach (var network in all.GroupBy(one => one.Network))
        {
            await TryAsync(async () => cleared += await ClearAsync(network.Key, [.. network], cancellationToken) ? network.Count() : 0, failures);
        }

        return cleared;
    }

    private async Task<bool> ClearAsync(NetworkReference network, IReadOnlyList<ForgottenBackup> forgotten, CancellationToken cancellationToken)
    {
        if (second is not null)
        {
            await CopyOwner.ClaimAsync(records, second, cancellationToken);
        }

        foreach (var backup in forgotten)
        {
            await ForgottenBackup.ForgetAsync(records, backups, network, backup.Id, cancellationToken); // what began to forget it may have crashed
            if (second is not null)
            {
                await second.Place.Backups.DeleteManifestAsync(network, backup.Id, cancellationToken);
                await second.Place.Blobs.DeleteAsync(BackupRecordNames.Of(network, backup.Id), BlobCondition.None, cancellationToken);
            }
        }

        if (!await CollectAsync(network, cancellationToken))
        {
            return false; // a backup is being taken, or it was too much for one run
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
        await backups.MarkCollectionAsync(network, until, cancellationToken);
        try
        {
            if (await IsBackedUpAsync(network, cancellationToken))
            {
                return false;
            }

            var kept = (await backups.ReadAllAsync(network, cancellationToken)).Select(manifest => (backups, manifest)).ToList();
            await PartCollector.CollectAsync(blobs, network, kept, MayGoOn, cancellationToken);
            if (second is { Place: var place })
            {
                // Those of the first store, too: their copies may be half-made.
                var copied = (await place.Backups.ReadAllAsync(network, cancellationToken)).Select(manifest => (place.Backups, manifest));
                await PartCollector.CollectAsync(place.Blobs, network, [.. kept, .. copied], MayGoOn, cancellationToken);
            }

            return MayGoOn();
        }
        finally
        {
            await backups.MarkCollectionAsync(network, null, CancellationToken.None);
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
}
