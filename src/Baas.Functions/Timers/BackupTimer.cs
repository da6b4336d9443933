using Baas.Core.Operations.Backups;

namespace Baas.Functions.Timers;

/// <summary>Every five minutes: begins the backups that are due, copies those that are whole, and clears away what forgotten ones have left.</summary>
internal sealed class BackupTimer(BackupSweep sweep, BackupUpkeep upkeep) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "backup-schedule";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
        await upkeep.RunAsync(cancellationToken);
    }
}
