using Baas.Core.Networks;

namespace Baas.Core.Workflows.Changes;

/// <summary>What a change has brought that later changes need.</summary>
/// <param name="Nodes">Where the new nodes listen.</param>
public sealed record ChangeResult(IReadOnlyList<NodeEndpoint> Nodes)
{
    /// <summary>Nothing that later changes need.</summary>
    public static ChangeResult None { get; } = new([]);
}
