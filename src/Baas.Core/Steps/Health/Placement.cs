using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;

namespace Baas.Core.Steps.Health;

/// <summary>A node that a specification asks for, and where.</summary>
/// <param name="Place">The node and the names of its objects.</param>
/// <param name="Change">The change that makes it; of a state database that of its peer.</param>
/// <param name="Cluster">The cluster that runs it; the default one when null.</param>
/// <param name="Exposure">How it is reached; the cluster's default when null.</param>
internal sealed record Placement(PlacedNode Place, NetworkChange Change, ClusterName? Cluster, Exposure? Exposure)
{
    /// <summary>All changes that make the network.</summary>
    public static IReadOnlyList<NetworkChange> ChangesOf(NetworkSpec spec) => [.. NetworkPlan.Between(null, spec).Phases.SelectMany(phase => phase.Changes)];

    /// <summary>All nodes of the network.</summary>
    public static IReadOnlyList<Placement> NodesOf(NetworkReference network, IReadOnlyList<NetworkChange> changes) =>
        [.. changes.SelectMany(change => OfChange(network, change))];

    private static IEnumerable<Placement> OfChange(NetworkReference network, NetworkChange change)
    {
        switch (change)
        {
            case AddOrderer orderer:
                yield return new Placement(new PlacedNode(network, orderer.Node, NodeRole.Orderer), change, orderer.Cluster, orderer.Exposure);
                break;
            case AddPeer peer:
                var place = new PlacedNode(network, peer.Node, NodeRole.Peer);
                yield return new Placement(place, change, peer.Cluster, peer.Exposure);
                if (peer.StateDatabase == StateDatabase.CouchDb)
                {
                    yield return new Placement(place.Database, change, peer.Cluster, Networks.Exposure.Cluster);
                }

                break;
            case AddChaincode chaincode:
                foreach (var member in chaincode.Members)
                {
                    var node = NodeReference.Chaincode(member.Name, chaincode.Chaincode.Channel, chaincode.Chaincode.Name);
                    yield return new Placement(new PlacedNode(network, node, NodeRole.Chaincode), change, member.Cluster, null);
                }

                break;
        }
    }
}
