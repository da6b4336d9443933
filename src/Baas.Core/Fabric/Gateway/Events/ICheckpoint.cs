namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Keeps how far somebody has come with events. Note it after the event was dealt with: what was not noted comes again.</summary>
public interface ICheckpoint
{
    /// <summary>Where to go on; null when nothing was noted yet.</summary>
    EventStart? Position { get; }

    /// <summary>Notes that a whole block was dealt with.</summary>
    Task BlockAsync(ulong number, CancellationToken cancellationToken);

    /// <summary>Notes that a transaction, and all before it, were dealt with.</summary>
    Task TransactionAsync(ulong block, string transactionId, CancellationToken cancellationToken);
}
