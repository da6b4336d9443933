namespace Baas.Core.Networks;

/// <summary>What a tenant wants: one Fabric network. Immutable; a change is a new specification.</summary>
public sealed record NetworkSpec
{
    /// <summary>The network's name, unique within its tenant.</summary>
    public required NetworkName Name { get; init; }

    /// <summary>The version of every orderer and peer.</summary>
    public required FabricVersion FabricVersion { get; init; }

    /// <summary>Who orders, and how.</summary>
    public required OrderingSpec Ordering { get; init; }

    /// <summary>The organizations that run peers.</summary>
    public required IReadOnlyList<OrganizationSpec> Organizations { get; init; }

    /// <summary>The channels; none by default.</summary>
    public IReadOnlyList<ChannelSpec> Channels { get; init; } = [];

    /// <summary>The chaincodes; none by default.</summary>
    public IReadOnlyList<ChaincodeSpec> Chaincodes { get; init; } = [];

    /// <summary>How nodes are reached from outside their namespace; the cluster's default when absent.</summary>
    public Exposure? Exposure { get; init; }

    /// <summary>The cluster that runs an organization, the ordering one included; null for the default cluster.</summary>
    internal ClusterName? ClusterOf(OrganizationName organization) => Ordering.Organization == organization
        ? Ordering.Cluster
        : Organizations.FirstOrDefault(one => one.Name == organization)?.Cluster;

    /// <summary>How the certificates of an organization are made, the ordering one included; null for an organization that there is not.</summary>
    internal CaSpec? CaOf(OrganizationName organization) => Ordering.Organization == organization
        ? Ordering.Ca
        : Organizations.FirstOrDefault(one => one.Name == organization)?.Ca;

    /// <summary>When it is backed up by itself, and how long backups are kept; null: only on request, and backups are kept until they are deleted.</summary>
    public BackupSpec? Backup { get; init; }
}
