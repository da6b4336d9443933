namespace Baas.Cli.Api;

/// <summary>What a renewal of certificates would do.</summary>
internal sealed record RenewalPlan(string Network, IReadOnlyList<string> Users, IReadOnlyList<string> Nodes, IReadOnlyList<Certificate> Kept);
