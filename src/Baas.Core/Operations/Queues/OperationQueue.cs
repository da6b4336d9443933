using Baas.Core.Records;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Operations.Queues;

/// <summary>Puts operations into the queue, and wakes whoever takes them out in this process.</summary>
public sealed class OperationQueue(IWorkQueue queue)
{
    private TaskCompletionSource _sent = New();

    /// <summary>Completes with the next message that this process sends.</summary>
    public Task Sent => Volatile.Read(ref _sent).Task;

    /// <summary>Sends an operation; durable when the task completes. Sent twice is the same as once.</summary>
    /// <exception cref="Storage.StorageException">The queue cannot be written.</exception>
    public async Task SendAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        await queue.SendAsync(OperationMessage.Write(operation), cancellationToken);
        Interlocked.Exchange(ref _sent, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
