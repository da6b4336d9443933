using Baas.Core.Operations.Queues;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Queues;

/// <summary>
/// Works off the queue in this process, one message at a time. What this process sends wakes it; a slow look finds what comes again after a pause.
/// </summary>
internal sealed class QueuePump : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Begins to work until it is disposed.</summary>
    public QueuePump(MessageReceiver receiver, OperationQueue queue, TimeProvider clock, ILogger<QueuePump> logger) => _running = RunAsync(receiver, queue, clock, logger);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(MessageReceiver receiver, OperationQueue queue, TimeProvider clock, ILogger logger)
    {
        await Task.Yield(); // nobody who starts the service waits for the first look
        while (!_stop.IsCancellationRequested)
        {
            var sent = queue.Sent; // before the look: what comes in between ends the wait
            if (!await RunOnceAsync(receiver, logger))
            {
                await Task.WhenAny(sent, Task.Delay(Poll, clock, _stop.Token));
            }
        }
    }

    private async Task<bool> RunOnceAsync(MessageReceiver receiver, ILogger logger)
    {
        try
        {
            return await receiver.RunOnceAsync(_stop.Token);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested) // a border: the message comes again
        {
            Log.DeliveryFailed(logger, failure);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false; // disposed: the message comes again at the next start
        }
    }
}
