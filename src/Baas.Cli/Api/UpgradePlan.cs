namespace Baas.Cli.Api;

/// <summary>What an upgrade would do.</summary>
internal sealed record UpgradePlan(string Network, string From, string To, bool IsPossible, IReadOnlyList<UpgradePlan.Phase> Phases, IReadOnlyList<UpgradePlan.Finding> Findings)
{
    /// <summary>One part of an upgrade.</summary>
    internal sealed record Phase(string Name, IReadOnlyList<string> Subjects);

    /// <summary>What stands in the way, or should be known.</summary>
    internal sealed record Finding(string Code, bool IsBlocking, string Message);
}
