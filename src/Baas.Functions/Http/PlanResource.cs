using Baas.Core.Networks;
using Baas.Core.Networks.Plans;

namespace Baas.Functions.Http;

/// <summary>What a specification would make or change; nothing was touched.</summary>
/// <param name="Network">The network.</param>
/// <param name="IsEmpty">Whether there is nothing to do.</param>
/// <param name="Phases">The phases in the order in which they would run.</param>
/// <param name="Warnings">What works and is likely to be regretted.</param>
public sealed record PlanResource(NetworkName Network, bool IsEmpty, IReadOnlyList<PlanPhaseResource> Phases, IReadOnlyList<Violation> Warnings)
{
    internal static PlanResource Of(NetworkName network, NetworkPlan plan, IReadOnlyList<Violation> warnings) =>
        new(network, plan.IsEmpty, [.. plan.Phases.Select(PlanPhaseResource.Of)], warnings);
}
