using Baas.Core.Networks.Plans;

namespace Baas.Functions.Http;

/// <summary>Changes that would run side by side.</summary>
/// <param name="Name">The phase's name.</param>
/// <param name="IsRemoval">Whether the changes are taken away instead of made.</param>
/// <param name="Changes">The changes.</param>
public sealed record PlanPhaseResource(string Name, bool IsRemoval, IReadOnlyList<PlanChangeResource> Changes)
{
    internal static PlanPhaseResource Of(PlanPhase phase) =>
        new(phase.Name, phase.IsRemoval, [.. phase.Changes.Select(change => new PlanChangeResource(change.Kind, change.Subject, change.Summary))]);
}
