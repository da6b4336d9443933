using Baas.Core.Networks;

namespace Baas.Core.Workflows.Changes;

/// <summary>Picks nodes out of a network's endpoints, always in the same order.</summary>
internal static class NodeEndpoints
{
    // Two anchors an organization, so that gossip between organizations survives the loss of one (Fabric documentation, gossip).
    private const int AnchorsPerOrganization = 2;

    public static IReadOnlyList<NodeEndpoint> OrderersIn(IReadOnlyList<NodeEndpoint> nodes) => Ordered(nodes.Where(node => node.Role == NodeRole.Orderer));

    public static IReadOnlyList<NodeEndpoint> PeersOf(IReadOnlyList<NodeEndpoint> nodes, IReadOnlyList<OrganizationName> organizations) =>
        Ordered(nodes.Where(node => node.Role == NodeRole.Peer && organizations.Contains(node.Node.Organization)));

    public static IReadOnlyList<NodeEndpoint> AnchorsOf(IReadOnlyList<NodeEndpoint> peers) =>
        [.. peers.GroupBy(peer => peer.Node.Organization).SelectMany(organization => organization.Take(AnchorsPerOrganization))];

    /// <summary>One peer of each organization.</summary>
    public static IReadOnlyList<NodeEndpoint> FirstOfEach(IReadOnlyList<NodeEndpoint> peers) => [.. peers.DistinctBy(peer => peer.Node.Organization)];

    private static IReadOnlyList<NodeEndpoint> Ordered(IEnumerable<NodeEndpoint> nodes) =>
        [.. nodes.OrderBy(node => node.Node.Organization.Value, StringComparer.Ordinal).ThenBy(node => node.Node.Node.Value, StringComparer.Ordinal)];
}
