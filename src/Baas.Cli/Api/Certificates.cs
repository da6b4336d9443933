namespace Baas.Cli.Api;

/// <summary>The certificates of a network.</summary>
internal sealed record Certificates(string Network, IReadOnlyList<Certificate> Items);
