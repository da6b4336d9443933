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
    private BackupPlace First { get; } = new(blobs, backups);

    private ForgottenParts Parts { get; } = new(records, new BackupPlace(blobs, backups), new BackupManifests(records, blobs, backups, second), clock, second);

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
                        && !await ForgottenBackup.IsNotedAsync(records, backup.Network, backup.Id, cancellationToken)
                        && await TryAsync(() => RecallAsync(from, name, backup, cancellationToken), failures))
                    {
                        recalled++;
                    }
                }
            },
            failures);
        return recalled;
    }

    private async Task RecallAsync(SecondPlace from, string name, BackupRecord backup, CancellationToken cancellationToken)
    {
        await BackupTransfer.CopyHeadAsync(from.Place, First, backup.Network, backup.Id, cancellationToken);
        await records.PutIfAbsentAsync(name, backup, cancellationToken);
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
            await TryAsync(async () => cleared += await Parts.ClearAsync(network.Key, [.. network], cancellationToken) ? network.Count() : 0, failures);
        }

        return cleared;
    }
}
