using System.Text.Json.Serialization;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;

namespace Baas.Core.Workflows.Backups;

/// <summary>A node that is backed up or restored.</summary>
/// <param name="Endpoint">The node and where it listens.</param>
/// <param name="Cluster">The cluster that runs it.</param>
/// <param name="HasDatabase">Whether a CouchDB stands beside it.</param>
/// <param name="Channels">The channels whose ledgers it has.</param>
public sealed record WorkedNode(NodeEndpoint Endpoint, ClusterName? Cluster, bool HasDatabase, IReadOnlyList<ChannelName> Channels)
{
    /// <summary>Its volumes in the order in which they are packed and started: a CouchDB is never newer than its peer.</summary>
    [JsonIgnore]
    public IReadOnlyList<NodeRole> Volumes => HasDatabase ? [NodeRole.StateDatabase, Endpoint.Role] : [Endpoint.Role];

    /// <summary>The nodes of a specification: peers, then orderers, each in the order of their names.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="endpoints">Where the nodes listen; nodes without an address are left out.</param>
    public static (IReadOnlyList<WorkedNode> Peers, IReadOnlyList<WorkedNode> Orderers) In(NetworkSpec spec, IReadOnlyList<NodeEndpoint> endpoints)
    {
        IReadOnlyList<ChannelName> all = [.. spec.Channels.Select(channel => channel.Name)];
        var byNode = endpoints.ToDictionary(endpoint => endpoint.Node);
        var changes = NetworkPlan.Between(null, spec).Phases.SelectMany(phase => phase.Changes).ToList();
        var peers = from change in changes.OfType<AddPeer>()
                    where byNode.ContainsKey(change.Node)
                    orderby change.Node.Organization.Value, change.Node.Node.Value
                    let channels = spec.Channels.Where(channel => channel.Organizations.Contains(change.Node.Organization)).Select(channel => channel.Name)
                    select new WorkedNode(byNode[change.Node], change.Cluster, change.StateDatabase == StateDatabase.CouchDb, [.. channels]);
        var orderers = from change in changes.OfType<AddOrderer>()
                       where byNode.ContainsKey(change.Node)
                       orderby change.Node.Organization.Value, change.Node.Node.Value
                       select new WorkedNode(byNode[change.Node], change.Cluster, false, all);
        return ([.. peers], [.. orderers]);
    }

    /// <summary>The name that a node's pod goes by: a CouchDB has one of its own.</summary>
    internal static NodeReference PodOf(NodeReference node, NodeRole role) => role == NodeRole.StateDatabase ? node with { Node = NodeName.Parse($"{node.Node}-couchdb") } : node;
}
