namespace Baas.Core.Networks;

/// <summary>The ordering service: one organization that runs all orderers.</summary>
public sealed record OrderingSpec
{
    /// <summary>The organization that runs the orderers. The default is <c>orderer</c>.</summary>
    public OrganizationName Organization { get; init; } = OrganizationName.Parse("orderer");

    /// <summary>Its MSP id. The default is <c>OrdererMSP</c>.</summary>
    public MspId MspId { get; init; } = MspId.Parse("OrdererMSP");

    /// <summary>The consensus protocol. The default is raft.</summary>
    public Consensus Consensus { get; init; }

    /// <summary>How many orderers. The default is 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>How transactions are cut into blocks.</summary>
    public BatchSpec Batch { get; init; } = new();

    /// <summary>The organization's certificate authorities.</summary>
    public CaSpec Ca { get; init; } = new();

    /// <summary>What each orderer may use.</summary>
    public NodeResources Resources { get; init; } = new();

    /// <summary>The cluster that runs the orderers; the default cluster when absent.</summary>
    public ClusterName? Cluster { get; init; }

    /// <summary>All orderers, in the order of their numbers.</summary>
    public IReadOnlyList<NodeReference> Orderers() =>
        [.. Enumerable.Range(1, Nodes).Select(number => NodeReference.Orderer(Organization, number))];

    /// <summary>How many orderers decide without the others, whichever those are: with raft more than half, with BFT all but those that may be away.</summary>
    internal int Deciding() => Consensus == Consensus.Bft ? Nodes - BftSizes.Faulty(Nodes) : (Nodes / 2) + 1;
}
