using Baas.Core.Storage;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Operations.Queues;

/// <summary>Takes messages out of the queue one at a time, for hosts whose platform does not.</summary>
internal sealed class MessageReceiver(IWorkQueue queue, MessageHandler handler, TimeProvider clock)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>Receives a message and handles it; a message that fails comes again after a pause.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="Exception">Whatever the handling threw.</exception>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await queue.ReceiveAsync(Visibility, cancellationToken) is not { } message)
        {
            return false;
        }

        var handling = handler.HandleAsync(message, cancellationToken);
        message = await HoldAsync(message, handling, cancellationToken);
        try
        {
            await handling;
        }
        catch
        {
            await queue.ExtendAsync(message, MessageHandler.PauseAfter(message.Deliveries), cancellationToken);
            throw;
        }

        await queue.CompleteAsync(message, cancellationToken);
        return true;
    }

    // Keeps the message while it is worked on. One that is lost is delivered again, which does no harm.
    private async Task<WorkMessage> HoldAsync(WorkMessage message, Task handling, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(handling, Task.Delay(Renewal, clock, cancellationToken)) != handling)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break; // the handling ends by itself
            }

            try
            {
                message = await queue.ExtendAsync(message, Visibility, cancellationToken) ?? message;
            }
            catch (StorageException)
            {
                // The queue does not answer: what counts is that the work goes on.
            }
        }

        return message;
    }
}
