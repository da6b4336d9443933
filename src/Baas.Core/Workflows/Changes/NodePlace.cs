using Baas.Core.Networks;

namespace Baas.Core.Workflows.Changes;

/// <summary>Where a node shall stand and whose it is: what all steps that give it an address need.</summary>
internal sealed record NodePlace(
    NetworkReference Network, NodeReference Node, NodeRole Role, MspId MspId, CaSpec Ca, ClusterName? Cluster, Exposure? Exposure)
{
    /// <summary>Where channels know the node from before; null where it is new.</summary>
    public NodeEndpoint? Former { get; init; }
}
