using Baas.Core.Networks;
using Baas.Core.Operations.Upgrades;

namespace Baas.Functions.Http.Upgrades;

/// <summary>What an upgrade would do, as the API shows it.</summary>
public sealed record UpgradePlanResource
{
    /// <summary>The network.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>The version on record.</summary>
    public required FabricVersion From { get; init; }

    /// <summary>The version that is wanted.</summary>
    public required FabricVersion To { get; init; }

    /// <summary>Whether nothing stands in the way.</summary>
    public required bool IsPossible { get; init; }

    /// <summary>What is done, one after the other.</summary>
    public required IReadOnlyList<UpgradePlan.Phase> Phases { get; init; }

    /// <summary>What stands in the way, and what should be known.</summary>
    public required IReadOnlyList<UpgradeFinding> Findings { get; init; }

    internal static UpgradePlanResource Of(UpgradePlan plan) => new()
    {
        Network = plan.Network,
        From = plan.From,
        To = plan.To,
        IsPossible = plan.IsPossible,
        Phases = plan.Phases,
        Findings = plan.Findings,
    };
}
