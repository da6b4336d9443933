namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>An event that a chaincode set in a valid transaction.</summary>
/// <param name="BlockNumber">The block.</param>
/// <param name="TransactionId">The transaction; it has at most one event.</param>
/// <param name="Chaincode">The chaincode.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Payload">What the chaincode says.</param>
public sealed record ContractEvent(ulong BlockNumber, string TransactionId, string Chaincode, string Name, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Notes that this event was dealt with.</summary>
    public Task NoteAsync(ICheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.TransactionAsync(BlockNumber, TransactionId, cancellationToken);
    }
}
