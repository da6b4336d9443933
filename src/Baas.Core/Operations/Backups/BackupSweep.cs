using System.Security.Cryptography;
using System.Text;
using Baas.Core.Networks;
using Baas.Core.Networks.Schedules;
using Baas.Core.Operations.Access;
using Baas.Core.Records;

namespace Baas.Core.Operations.Backups;

/// <summary>Begins the backups that are due. Networks of one schedule begin at different minutes, so that not all stop a node at once.</summary>
internal sealed class BackupSweep(RecordStore records, BackupOperations backups, BackupSchedules schedules, TimeProvider clock)
{
    private const int SpreadMinutes = 30;

    /// <summary>Looks at every network that is ready and has a schedule.</summary>
    /// <returns>How many backups were begun.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var begun = 0;
        await foreach (var (_, stored) in records.ListAsync<NetworkRecord>(RecordNames.Networks, null, cancellationToken))
        {
            var network = stored.Record;
            if (network is { State: NetworkState.Ready, ActiveOperation: null }
                && CronSchedule.TryParse(network.Spec.Backup?.Schedule, out var schedule)
                && await DueAsync(network, schedule, cancellationToken) is { } due
                && await BeginAsync(network.Reference, due, cancellationToken))
            {
                begun++;
            }
        }

        return begun;
    }

    /// <summary>By how much a network's backups begin after their time.</summary>
    internal static TimeSpan SpreadOf(NetworkReference network) =>
        TimeSpan.FromMinutes(SHA256.HashData(Encoding.UTF8.GetBytes($"{network}"))[0] % SpreadMinutes);

    private async Task<DateTimeOffset?> DueAsync(NetworkRecord network, CronSchedule schedule, CancellationToken cancellationToken)
    {
        var due = await schedules.DueAsync(network, schedule, cancellationToken);
        return due + SpreadOf(network.Reference) <= clock.GetUtcNow() ? due : null;
    }

    private async Task<bool> BeginAsync(NetworkReference network, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var key = $"backup-schedule/{network}/{due:yyyyMMddHHmm}";
        try
        {
            await backups.BeginAsync(new ChangeRequest(Caller.Service("backup-schedule"), network.Tenant, key, key), network.Network, cancellationToken);
            return true;
        }
        catch (RefusedException)
        {
            return false; // it is at work, or was deleted meanwhile: the next sweep looks again
        }
    }
}
