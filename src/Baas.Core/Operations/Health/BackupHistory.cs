using Baas.Core.Health;
using Baas.Core.Networks.Schedules;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Health;

/// <summary>What health needs to know of a network's backups.</summary>
internal sealed class BackupHistory(RecordStore records, TimeProvider clock, BackupOptions? options = null, SecondPlace? second = null)
{
    // A week of daily backups, so that those of working days are not called overdue on a Sunday.
    private const int Looked = 8;

    /// <summary>The last good backup and how often one is due; null when there is neither.</summary>
    public async Task<BackupFacts?> FindAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        DateTimeOffset? notCopied = null;
        await foreach (var (_, backup) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(network.Reference), null, cancellationToken))
        {
            if (backup.Record is { State: BackupState.Complete, EndedAt: { } ended })
            {
                last = ended <= last ? last : ended;
                notCopied = IsBehind(backup.Record, ended) && !(notCopied <= ended) ? ended : notCopied;
            }
        }

        var every = CronSchedule.TryParse(network.Spec.Backup?.Schedule, out var schedule) ? LongestPause(schedule) : null;
        return last is null && every is null ? null : new BackupFacts(last, every, network.CreatedAt, notCopied);
    }

    private bool IsBehind(BackupRecord backup, DateTimeOffset ended) =>
        second is not null && options is not null && !backup.Copies.Any(copy => copy.Name == second.Name) && clock.GetUtcNow() - ended > options.CopyLag;

    private TimeSpan? LongestPause(CronSchedule schedule)
    {
        TimeSpan? longest = null;
        var at = schedule.Next(clock.GetUtcNow());
        for (var look = 0; look < Looked && at is { } from && schedule.Next(from) is { } next; look++)
        {
            longest = longest > next - from ? longest : next - from;
            at = next;
        }

        return longest;
    }
}
