namespace Baas.Core.Records;

/// <summary>Where a tenant's alerts go. The secret that signs them is stored apart, encrypted.</summary>
/// <param name="Url">The address.</param>
/// <param name="ChangedAt">When it was set.</param>
public sealed record WebhookRecord(Uri Url, DateTimeOffset ChangedAt);
