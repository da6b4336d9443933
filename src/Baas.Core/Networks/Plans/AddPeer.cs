using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>A peer, with its state database where it is a pod of its own.</summary>
/// <param name="Node">Which one.</param>
/// <param name="MspId">Its organization's MSP id.</param>
/// <param name="Ca">How its certificates are made.</param>
/// <param name="FabricVersion">The version that it runs.</param>
/// <param name="StateDatabase">Where it keeps the world state.</param>
/// <param name="Resources">What it may use.</param>
/// <param name="Cluster">The cluster that runs it; the default cluster when null.</param>
/// <param name="Exposure">How it is reached; the cluster's default when null.</param>
/// <param name="Joins">Channels that are there already and that it joins; empty in a new network.</param>
/// <param name="Installs">Chaincodes that are committed already and that it endorses; empty in a new network.</param>
public sealed record AddPeer(
    NodeReference Node,
    MspId MspId,
    CaSpec Ca,
    FabricVersion FabricVersion,
    StateDatabase StateDatabase,
    NodeResources Resources,
    ClusterName? Cluster,
    Exposure? Exposure,
    IReadOnlyList<ChannelName> Joins,
    IReadOnlyList<ChaincodeSpec> Installs) : NetworkChange
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "addPeer";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => Node.ToString();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary =>
        $"peer {Node}, Fabric {FabricVersion}, {(StateDatabase == StateDatabase.CouchDb ? "CouchDB" : "LevelDB")}";
}
