namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>A checkpoint for as long as the process lives.</summary>
public sealed class MemoryCheckpoint : ICheckpoint
{
    /// <inheritdoc/>
    public EventStart? Position { get; private set; }

    /// <inheritdoc/>
    public Task BlockAsync(ulong number, CancellationToken cancellationToken)
    {
        Position = new EventStart(number + 1);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TransactionAsync(ulong block, string transactionId, CancellationToken cancellationToken)
    {
        Position = new EventStart(block, transactionId);
        return Task.CompletedTask;
    }
}
