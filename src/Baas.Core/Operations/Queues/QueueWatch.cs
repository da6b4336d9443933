using Baas.Core.Storage.Queues;
using Baas.Core.Telemetry;

namespace Baas.Core.Operations.Queues;

/// <summary>
/// Looks at the queue: measures it, and ends operations whose message was given up, where whoever gave it up did not come to that (a crash in between, or the
/// host of the function app by itself).
/// </summary>
internal sealed class QueueWatch(IWorkQueue queue, PoisonMessages poison, TimeProvider clock)
{
    /// <summary>Looks once.</summary>
    /// <exception cref="Storage.StorageException">The queue cannot be asked.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var state = await queue.LookAsync(cancellationToken);
        var age = state.OldestSentAt is { } oldest ? clock.GetUtcNow() - oldest : TimeSpan.Zero;
        BaasTelemetry.Queue.Report(age, state.Messages, state.Poison);
        if (state.Poison > 0)
        {
            await poison.EndOperationsAsync(cancellationToken);
        }
    }
}
