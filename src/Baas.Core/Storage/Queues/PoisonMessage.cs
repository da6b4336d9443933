namespace Baas.Core.Storage.Queues;

/// <summary>A message that nobody could do anything with.</summary>
/// <param name="Id">The queue's id of the message.</param>
/// <param name="Content">What was sent.</param>
/// <param name="Reason">Why it is here.</param>
/// <param name="Deliveries">How often it was handed out.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="PoisonedAt">When it was given up.</param>
public sealed record PoisonMessage(string Id, string Content, string Reason, int Deliveries, DateTimeOffset SentAt, DateTimeOffset PoisonedAt);
