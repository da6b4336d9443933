using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Workflows.Backups;

namespace Baas.Core.Workflows.Rolling;

/// <summary>A node that is replaced while the network runs.</summary>
/// <param name="Change">What makes it: an orderer or a peer.</param>
/// <param name="Endpoint">Where it listens; that stays as it is.</param>
/// <param name="Cluster">The cluster that runs it.</param>
/// <param name="Channels">The channels whose ledgers it has.</param>
public sealed record RolledNode(NetworkChange Change, NodeEndpoint Endpoint, ClusterName? Cluster, IReadOnlyList<ChannelName> Channels)
{
    /// <summary>The nodes of a specification, each list in the order of organizations and names.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="endpoints">Where the nodes listen.</param>
    public static (IReadOnlyList<RolledNode> Orderers, IReadOnlyList<RolledNode> Peers) In(NetworkSpec spec, IReadOnlyList<NodeEndpoint> endpoints)
    {
        var (peers, orderers) = WorkedNode.In(spec, endpoints);
        var changes = NetworkPlan.Between(null, spec).Phases.SelectMany(phase => phase.Changes).ToList();
        var orderersByNode = changes.OfType<AddOrderer>().ToDictionary(change => change.Node);
        var peersByNode = changes.OfType<AddPeer>().ToDictionary(change => change.Node);
        return ([.. orderers.Select(node => Of(orderersByNode[node.Endpoint.Node], node))], [.. peers.Select(node => Of(peersByNode[node.Endpoint.Node], node))]);
    }

    private static RolledNode Of(NetworkChange change, WorkedNode node) => new(change, node.Endpoint, node.Cluster, node.Channels);
}
