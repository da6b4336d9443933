namespace Baas.Core.Operations.Health;

/// <summary>A tenant's webhook and how it takes messages.</summary>
/// <param name="Url">The address.</param>
/// <param name="ChangedAt">When it was set.</param>
/// <param name="Waiting">How many messages it has not taken yet.</param>
/// <param name="LastFailure">Why the first of them could not be handed over; null when nothing was refused.</param>
public sealed record WebhookView(Uri Url, DateTimeOffset ChangedAt, int Waiting, string? LastFailure);
