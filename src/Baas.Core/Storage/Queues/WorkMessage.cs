namespace Baas.Core.Storage.Queues;

/// <summary>A message that was received.</summary>
/// <param name="Id">The queue's id of it.</param>
/// <param name="Content">What was sent, whatever it is.</param>
/// <param name="Deliveries">How often it was handed out, this time included.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Receipt">Proves who holds it; changes with every delivery and extension.</param>
public sealed record WorkMessage(string Id, string Content, int Deliveries, DateTimeOffset SentAt, string Receipt);
