using Baas.Core.Operations;

namespace Baas.Functions.Timers;

/// <summary>Each minute: mends operations whose starter or end was interrupted.</summary>
internal sealed class SweepTimer(OperationSweep sweep) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "operation-sweep";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => sweep.RunAsync(atStart: false, cancellationToken);
}
