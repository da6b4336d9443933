using Baas.Core.Networks;

namespace Baas.Core.Operations.Upgrades;

/// <summary>What an upgrade would do.</summary>
/// <param name="Network">The network.</param>
/// <param name="From">The version on record.</param>
/// <param name="To">The version that is wanted.</param>
/// <param name="Phases">What is done, one after the other.</param>
/// <param name="Findings">What stands in the way, and what should be known.</param>
public sealed record UpgradePlan(NetworkName Network, FabricVersion From, FabricVersion To, IReadOnlyList<UpgradePlan.Phase> Phases, IReadOnlyList<UpgradeFinding> Findings)
{
    /// <summary>Whether nothing stands in the way.</summary>
    public bool IsPossible => !Findings.Any(finding => finding.IsBlocking);

    /// <summary>One part of an upgrade.</summary>
    /// <param name="Name">One of <c>orderers</c>, <c>peers</c>, <c>verification</c>, <c>capabilities</c>.</param>
    /// <param name="Subjects">The nodes, the chaincodes or the channels, one after the other. Of orderers those that lead come last, whatever their place here.</param>
    public sealed record Phase(string Name, IReadOnlyList<string> Subjects);
}
