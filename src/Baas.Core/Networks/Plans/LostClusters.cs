namespace Baas.Core.Networks.Plans;

/// <summary>Clusters that are gone for good: nothing is asked of them any more.</summary>
/// <param name="Names">Their names.</param>
/// <param name="HoldDefault">Whether the default cluster is one of them.</param>
/// <remarks>It is a durable payload: properties are never renamed or reused, new ones need a default.</remarks>
public sealed record LostClusters(IReadOnlyList<ClusterName> Names, bool HoldDefault)
{
    /// <summary>All clusters are there.</summary>
    public static LostClusters None { get; } = new([], false);

    /// <summary>The organizations that were lost, the ordering one first.</summary>
    public IReadOnlyList<OrganizationName> OrganizationsOf(NetworkSpec spec) =>
    [
        .. Hold(spec.Ordering.Cluster) ? [spec.Ordering.Organization] : Array.Empty<OrganizationName>(),
        .. spec.Organizations.Where(organization => Hold(organization.Cluster)).Select(organization => organization.Name),
    ];

    /// <summary>What of a phase is on clusters that are there.</summary>
    public PlanPhase RestOf(PlanPhase phase) => phase with { Changes = [.. phase.Changes.Select(RestOf).OfType<NetworkChange>()] };

    private NetworkChange? RestOf(NetworkChange change) => change switch
    {
        AddOrganization organization => Hold(organization.Cluster) ? null : organization,
        AddOrderer orderer => Hold(orderer.Cluster) ? null : orderer,
        AddPeer peer => Hold(peer.Cluster) ? null : peer,
        AddChaincode chaincode => chaincode with { Members = [.. chaincode.Members.Where(member => !Hold(member.Cluster))] },
        _ => change, // in no cluster
    };

    private bool Hold(ClusterName? cluster) => cluster is { } name ? Names.Contains(name) : HoldDefault;
}
