namespace Baas.Core.Storage.Queues;

/// <summary>
/// A queue of work: at least once, in no order that one may rely on. Who receives a message has it alone until its time-out passes; what is not completed by then is
/// handed out again. What nobody can do anything with goes to the poison queue beside it and stays there until a person has looked.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Puts a message into the queue. Durable when the task completes.</summary>
    /// <exception cref="StorageException">The queue cannot be written: nothing was sent, or it cannot be told.</exception>
    Task SendAsync(string content, CancellationToken cancellationToken);

    /// <summary>Takes a message for as long as <paramref name="visibility"/>; null when there is none to be had.</summary>
    Task<WorkMessage?> ReceiveAsync(TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Keeps a message for longer, or gives it back for later.</summary>
    /// <returns>The message as it is held now; null when its time-out has passed and it is somebody else's.</returns>
    Task<WorkMessage?> ExtendAsync(WorkMessage message, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Takes a message out of the queue for good. False when it is somebody else's by now, who will do the same.</summary>
    Task<bool> CompleteAsync(WorkMessage message, CancellationToken cancellationToken);

    /// <summary>Puts a copy of a message into the poison queue, with the reason. The message itself has still to be completed.</summary>
    Task PoisonAsync(WorkMessage message, string reason, CancellationToken cancellationToken);

    /// <summary>How the queue stands; takes nothing out.</summary>
    Task<QueueState> LookAsync(CancellationToken cancellationToken);
}
