using Baas.Core.Operations;

namespace Baas.Functions.Timers;

/// <summary>Each minute: mends operations whose starter or end was interrupted.</summary>
internal sealed class SweepTimer(OperationSweep sweep)
{
    /// <summary>How often it is due.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => sweep.RunAsync(atStart: false, cancellationToken);
}
