using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>An organization: its certificate authorities, users and namespace.</summary>
/// <param name="Organization">Its name.</param>
/// <param name="MspId">Its MSP id.</param>
/// <param name="Ca">How its certificates are made.</param>
/// <param name="Cluster">The cluster that runs it; the default cluster when null.</param>
/// <param name="Nodes">How many pods the specification puts there: orderers or peers, their state databases, chaincode servers.</param>
/// <param name="IsOrdering">Whether it runs the orderers.</param>
public sealed record AddOrganization(OrganizationName Organization, MspId MspId, CaSpec Ca, ClusterName? Cluster, int Nodes, bool IsOrdering) : NetworkChange
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "addOrganization";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => Organization.Value;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"{(IsOrdering ? "ordering organization" : "organization")} {Organization} ({MspId}), {Nodes} pods";
}
