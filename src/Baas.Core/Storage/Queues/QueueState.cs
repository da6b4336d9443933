namespace Baas.Core.Storage.Queues;

/// <summary>How a queue stands.</summary>
/// <param name="Messages">About how many messages are in it.</param>
/// <param name="OldestSentAt">When the oldest one was sent that waits; null when none does.</param>
/// <param name="Poison">About how many messages were given up.</param>
public sealed record QueueState(int Messages, DateTimeOffset? OldestSentAt, int Poison);
