namespace Baas.Core.Operations.Queues;

/// <summary>A message of the queue that nobody can do anything with, now or later.</summary>
/// <param name="reason">Why, one line.</param>
internal sealed class QueueMessageException(string reason) : BaasException("queue-message-unreadable", $"cannot read the message: {reason}");
