using Baas.Core.Operations;
using Baas.Core.Operations.Queues;

namespace Baas.Functions.Timers;

/// <summary>Each minute: mends operations whose starter or end was interrupted, and looks at the queue. Each hour: forgets old idempotency keys.</summary>
internal sealed class SweepTimer(OperationSweep sweep, QueueWatch queue, IdempotencyKeys keys, TimeProvider clock) : IServiceTimer
{
    private static readonly TimeSpan KeysInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _keysDue;

    /// <inheritdoc/>
    public string Name => "operation-sweep";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sweep.RunAsync(atStart: false, cancellationToken);
        }
        finally
        {
            await LookFurtherAsync(cancellationToken); // an operation that cannot be mended keeps nothing else waiting
        }
    }

    private async Task LookFurtherAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() is var now && now >= _keysDue)
        {
            await keys.ForgetOldAsync(cancellationToken);
            _keysDue = now + KeysInterval;
        }

        await queue.RunAsync(cancellationToken);
    }
}
