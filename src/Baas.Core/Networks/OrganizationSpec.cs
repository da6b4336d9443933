namespace Baas.Core.Networks;

/// <summary>An organization that runs peers.</summary>
public sealed record OrganizationSpec
{
    /// <summary>Its name, unique within the network, the ordering organization's included.</summary>
    public required OrganizationName Name { get; init; }

    /// <summary>Its MSP id. When the document leaves it out, the reader derives it from the name: <c>org1</c> gives <c>Org1MSP</c>.</summary>
    public required MspId MspId { get; init; }

    /// <summary>How many peers. The default is 2.</summary>
    public int Peers { get; init; } = 2;

    /// <summary>Where its peers keep the world state. The default is LevelDB; fixed at creation.</summary>
    public StateDatabase StateDatabase { get; init; }

    /// <summary>The organization's certificate authorities.</summary>
    public CaSpec Ca { get; init; } = new();

    /// <summary>What each peer may use.</summary>
    public NodeResources Resources { get; init; } = new();

    /// <summary>The cluster that runs the organization; the default cluster when absent.</summary>
    public ClusterName? Cluster { get; init; }

    /// <summary>All peers, in the order of their numbers; the first is the anchor peer.</summary>
    public IReadOnlyList<NodeReference> PeerNodes() =>
        [.. Enumerable.Range(1, Peers).Select(number => NodeReference.Peer(Name, number))];
}
