using Baas.Core.Networks.Plans;

namespace Baas.Core.Workflows.Changes;

/// <summary>
/// Large phases in parts, each a child workflow of its own: what a child is given has to fit into a history, and a distributed engine reads the whole history of
/// an instance at every turn.
/// </summary>
internal static class PhaseBatches
{
    /// <summary>How many changes one instance runs side by side.</summary>
    public const int Size = 50;

    /// <summary>The parts of a phase, which are independent of each other; the phase itself when it is small.</summary>
    public static IEnumerable<PlanPhase> Of(PlanPhase phase)
    {
        if (phase.Changes.Count <= Size)
        {
            return [phase];
        }

        var parts = phase.Changes.Chunk(Size).ToArray();
        return parts.Select((changes, index) => phase with { Name = $"{phase.Name} {index + 1}/{parts.Length}", Changes = changes });
    }
}
