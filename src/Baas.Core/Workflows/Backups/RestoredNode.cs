using System.Text.Json.Serialization;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>A node that is put back: one of the two changes that make nodes.</summary>
/// <param name="Orderer">The orderer; null for a peer.</param>
/// <param name="Peer">The peer; null for an orderer.</param>
public sealed record RestoredNode(AddOrderer? Orderer, AddPeer? Peer)
{
    /// <summary>The node.</summary>
    [JsonIgnore]
    public NodeReference Node => Orderer?.Node ?? Peer!.Node; // it is one of the two

    /// <summary>The cluster that runs it.</summary>
    [JsonIgnore]
    public ClusterName? Cluster => Orderer is null ? Peer!.Cluster : Orderer.Cluster; // it is one of the two

    /// <summary>The change that makes the node.</summary>
    internal NetworkChange Change => (NetworkChange?)Orderer ?? Peer!; // it is one of the two

    internal NodeRole Role => Orderer is null ? NodeRole.Peer : NodeRole.Orderer;

    internal NodeResources Resources => Orderer?.Resources ?? Peer!.Resources; // it is one of the two

    internal bool HasDatabase => Peer?.StateDatabase == StateDatabase.CouchDb;

    internal NodePlace PlaceIn(NetworkReference network) => Orderer is { } orderer
        ? ProvisionOrderer.PlaceOf(new(network, orderer))
        : ProvisionPeer.PlaceOf(new(network, Peer!)); // it is one of the two

    /// <summary>The node at work; its ledgers are those that the backup knows.</summary>
    internal WorkedNode At(NodeEndpoint endpoint) => new(endpoint, Cluster, HasDatabase, []);

    /// <summary>The step that puts the node into the cluster, running.</summary>
    internal IStepInput<Nothing> Apply(NetworkReference network, NodeEndpoint endpoint, string fingerprint) => Orderer is { } orderer
        ? new ApplyOrderer.Input(network, endpoint, orderer.MspId, orderer.FabricVersion, orderer.Resources, orderer.Cluster, fingerprint)
        : new ApplyPeer.Input(network, endpoint, Peer!.MspId, Peer.FabricVersion, Peer.StateDatabase, Peer.Resources, Peer.Cluster, fingerprint); // it is one of the two

    /// <summary>Some nodes, for people.</summary>
    internal static string Describe(IEnumerable<RestoredNode> nodes) => nodes.ToList() switch
    {
        [] => "no nodes",
        [var one] => one.Node.ToString(),
        [var first, .., var last] => $"{first.Node} to {last.Node}",
    };

    /// <summary>The nodes of a plan in the order in which they are backed up: peers, then orderers.</summary>
    public static IReadOnlyList<RestoredNode> In(NetworkSpec spec)
    {
        var changes = NetworkPlan.Between(null, spec).Phases.SelectMany(phase => phase.Changes).ToList();
        var peers = changes.OfType<AddPeer>().OrderBy(peer => peer.Node.Organization.Value, StringComparer.Ordinal).ThenBy(peer => peer.Node.Node.Value, StringComparer.Ordinal);
        var orderers = changes.OfType<AddOrderer>().OrderBy(orderer => orderer.Node.Node.Value, StringComparer.Ordinal);
        return [.. peers.Select(peer => new RestoredNode(null, peer)), .. orderers.Select(orderer => new RestoredNode(orderer, null))];
    }
}
