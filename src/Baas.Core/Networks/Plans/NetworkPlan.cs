using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>How one specification becomes another: phases one after the other, changes within a phase side by side.</summary>
/// <param name="Phases">The phases in the order in which they run; none when nothing changes or something cannot be changed.</param>
/// <param name="Violations">Changes that cannot be made on a live network.</param>
public sealed record NetworkPlan(IReadOnlyList<PlanPhase> Phases, IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether there is nothing to do.</summary>
    [JsonIgnore]
    public bool IsEmpty => Phases.Count == 0;

    /// <summary>Compares what is with what is wanted. Pure; both specifications have passed validation.</summary>
    /// <param name="recorded">What is there; null for nothing.</param>
    /// <param name="wanted">What shall be there; null for nothing.</param>
    public static NetworkPlan Between(NetworkSpec? recorded, NetworkSpec? wanted) => (recorded, wanted) switch
    {
        (null, null) => new([], []),
        (null, { } created) => Creation(created),
        ({ } deleted, null) => new([.. AdditionsPlan.Phases(null, deleted).Reverse().Select(phase => phase with { IsRemoval = true })], []),
        ({ } before, { } after) => Change(before, after),
    };

    private static NetworkPlan Creation(NetworkSpec wanted)
    {
        var violations = LiveChanges.SequenceViolations(null, wanted);
        return violations.Count == 0 ? new(AdditionsPlan.Phases(null, wanted), []) : new([], violations);
    }

    private static NetworkPlan Change(NetworkSpec recorded, NetworkSpec wanted)
    {
        var violations = LiveChanges.Violations(recorded, wanted);
        return violations.Count == 0 ? new(AdditionsPlan.Phases(recorded, wanted), []) : new([], violations);
    }
}
