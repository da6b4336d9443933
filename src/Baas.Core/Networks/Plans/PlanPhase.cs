namespace Baas.Core.Networks.Plans;

/// <summary>Changes that do not depend on each other and run side by side; phases run one after the other.</summary>
/// <param name="Name">One of <c>organizations</c>, <c>nodes</c>, <c>channels</c>, <c>chaincodes</c>, <c>verification</c>.</param>
/// <param name="IsRemoval">Whether the changes are taken away instead of made.</param>
/// <param name="Changes">At least one change.</param>
public sealed record PlanPhase(string Name, bool IsRemoval, IReadOnlyList<NetworkChange> Changes);
