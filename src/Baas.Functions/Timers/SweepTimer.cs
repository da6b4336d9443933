using Baas.Core.Operations;

namespace Baas.Functions.Timers;

/// <summary>Each minute: mends operations whose starter or end was interrupted. Each hour: forgets old idempotency keys.</summary>
internal sealed class SweepTimer(OperationSweep sweep, IdempotencyKeys keys, TimeProvider clock) : IServiceTimer
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
        await sweep.RunAsync(atStart: false, cancellationToken);
        if (clock.GetUtcNow() is var now && now >= _keysDue)
        {
            await keys.ForgetOldAsync(cancellationToken);
            _keysDue = now + KeysInterval;
        }
    }
}
