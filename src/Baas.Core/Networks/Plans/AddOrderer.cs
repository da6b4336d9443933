using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>An orderer.</summary>
/// <param name="Node">Which one.</param>
/// <param name="MspId">Its organization's MSP id.</param>
/// <param name="Ca">How its certificates are made.</param>
/// <param name="FabricVersion">The version that it runs.</param>
/// <param name="Resources">What it may use.</param>
/// <param name="Cluster">The cluster that runs it; the default cluster when null.</param>
/// <param name="Exposure">How it is reached; the cluster's default when null.</param>
/// <param name="Joins">Channels that are there already, of which it becomes a consenter; empty in a new network.</param>
public sealed record AddOrderer(
    NodeReference Node,
    MspId MspId,
    CaSpec Ca,
    FabricVersion FabricVersion,
    NodeResources Resources,
    ClusterName? Cluster,
    Exposure? Exposure,
    IReadOnlyList<ChannelName> Joins) : NetworkChange
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "addOrderer";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => Node.ToString();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"orderer {Node}, Fabric {FabricVersion}";
}
