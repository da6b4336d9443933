using Baas.Core.Operations;
using Baas.Core.Operations.Queues;

namespace Baas.Functions.Timers;

/// <summary>Each minute: mends operations whose starter or end was interrupted, and looks at the queue.</summary>
internal sealed class SweepTimer(OperationSweep sweep, QueueWatch queue) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "operation-sweep";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await sweep.RunAsync(atStart: false, cancellationToken);
        await queue.RunAsync(cancellationToken);
    }
}
