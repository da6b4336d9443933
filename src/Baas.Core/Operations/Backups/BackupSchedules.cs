using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Networks.Schedules;
using Baas.Core.Networks.Validation;
using Baas.Core.Records;
using Baas.Core.Records.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>
/// Shows and sets when a network is backed up. A change holds from the next sweep on, also while the network is at work, and stands among the network's operations
/// with who made it.
/// </summary>
internal sealed class BackupSchedules(RecordStore records, OperationStarter starter, TimeProvider clock)
{
    /// <summary>What a setting is: it is done when it is on record, so no workflow does it.</summary>
    public static OperationDefinition Setting { get; } = new(
        OperationKind.SetBackupSchedule, null, (operation, _) => throw new InvalidOperationException($"operation {operation.Id} was done when it was put on record"));

    /// <summary>A network's schedule.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<BackupSchedule> GetAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var record = (await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken))?.Record ?? throw Refusals.NoNetwork(network.Network);
        var spec = record.Spec.Backup;
        var next = CronSchedule.TryParse(spec?.Schedule, out var schedule) ? await DueAsync(record, schedule, cancellationToken) + BackupSweep.SpreadOf(network) : null;
        return new BackupSchedule(spec?.Schedule, spec?.Keep, next);
    }

    /// <summary>Sets a network's schedule.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network.</param>
    /// <param name="wanted">What shall be; null: backups on request only, kept until they are deleted.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException"><c>schedule-invalid</c>, <c>backup-keep-invalid</c>, <c>network-not-found</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.</exception>
    public async Task<BackupSchedule> SetAsync(ChangeRequest request, NetworkName name, BackupSpec? wanted, CancellationToken cancellationToken)
    {
        Check(wanted);
        var network = new NetworkReference(request.Tenant, name);
        var (id, _) = await starter.ReserveAsync(request, cancellationToken);
        var changed = await records.ChangeAsync<NetworkRecord>(
            RecordNames.Network(network),
            record => record.State == NetworkState.Deleting ? null : record with { Spec = record.Spec with { Backup = wanted }, UpdatedAt = clock.GetUtcNow() },
            cancellationToken) ?? throw Refusals.NoNetwork(name);
        if (changed.Record.State == NetworkState.Deleting)
        {
            throw Refusals.NotReady(changed.Record, "change");
        }

        var now = clock.GetUtcNow();
        await starter.PutAsync(
            new OperationRecord
            {
                Id = id,
                Network = network,
                Kind = OperationKind.SetBackupSchedule,
                OnFailure = Workflows.Engine.OnFailure.Keep,
                State = OperationState.Succeeded,
                CreatedAt = now,
                EndedAt = now,
                CreatedBy = request.Caller.Id,
                Arguments = JsonSerializer.SerializeToElement(wanted, NetworkJson.Options),
            },
            cancellationToken);
        return await GetAsync(network, cancellationToken);
    }

    /// <summary>The time for which a backup is due next, or was due and was not begun; it begins by its network's spread later.</summary>
    internal async Task<DateTimeOffset?> DueAsync(NetworkRecord network, CronSchedule schedule, CancellationToken cancellationToken)
    {
        // A backup that failed counts, too: the next one comes at its time and does not stop nodes every few minutes.
        var last = network.CreatedAt;
        await foreach (var (_, backup) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(network.Reference), null, cancellationToken))
        {
            last = backup.Record.CreatedAt > last ? backup.Record.CreatedAt : last;
        }

        return schedule.Next(last - BackupSweep.SpreadOf(network.Reference));
    }

    private static void Check(BackupSpec? wanted)
    {
        if (wanted?.Schedule is { } schedule && !CronSchedule.TryParse(schedule, out _))
        {
            throw new RefusedException(RefusalKind.Invalid, "schedule-invalid", $"cannot set the schedule: {BackupRules.Wrong(schedule)}");
        }

        if (wanted?.Keep is { } keep && (keep.Count is < 1 or > BackupKeepSpec.MostCount || keep.Days is < 0 or > BackupKeepSpec.MostDays))
        {
            throw new RefusedException(RefusalKind.Invalid, "backup-keep-invalid", $"cannot keep {keep.Count} backups and {keep.Days} days: 1 to {BackupKeepSpec.MostCount} and 0 to {BackupKeepSpec.MostDays} are possible");
        }
    }
}
