namespace Baas.Cli.Api;

/// <summary>Where alerts go.</summary>
internal sealed record Webhook(string Url, DateTimeOffset ChangedAt, int Waiting, string? LastFailure);
