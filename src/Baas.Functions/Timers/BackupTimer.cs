using Baas.Core.Operations.Backups;

namespace Baas.Functions.Timers;

/// <summary>Every five minutes: begins the backups that are due.</summary>
internal sealed class BackupTimer(BackupSweep sweep) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "backup-schedule";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
