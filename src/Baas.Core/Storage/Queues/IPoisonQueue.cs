namespace Baas.Core.Storage.Queues;

/// <summary>What was given up of a queue of work. It stays until somebody deletes it.</summary>
public interface IPoisonQueue
{
    /// <summary>The oldest poison messages, at most <paramref name="count"/> (32 at most); they stay where they are.</summary>
    Task<IReadOnlyList<PoisonMessage>> PeekPoisonAsync(int count, CancellationToken cancellationToken);

    /// <summary>Deletes a poison message; the absent counts as deleted.</summary>
    Task DeletePoisonAsync(string id, CancellationToken cancellationToken);
}
