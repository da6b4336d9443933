using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>What differs between the lines of Fabric releases when their nodes are run. All of it stands here.</summary>
internal sealed record FabricLine
{
    /// <summary>
    /// What nodes log (FABRIC_LOGGING_SPEC): as by default, but no line for each call that went well. There would be two for every evaluation, to which Fabric's metrics
    /// (grpc_server_*, endorser_*) say more.
    /// </summary>
    public const string Logging = "info:comm.grpc.server,endorser=warning";

    /// <summary>The CouchDB that the line was tested with (release notes).</summary>
    public required string CouchDbImage { get; init; }

    /// <summary>Settings of the peer beside those of all lines.</summary>
    public required IReadOnlyList<(string Name, string Value)> Peer { get; init; }

    private static FabricLine Two { get; } = new()
    {
        CouchDbImage = "couchdb:3.4.2",

        // The defaults of 3.x; early images of 2.5 still elect leaders and exchange blocks among peers.
        Peer =
        [
            ("CORE_PEER_GOSSIP_USELEADERELECTION", "false"),
            ("CORE_PEER_GOSSIP_ORGLEADER", "true"),
            ("CORE_PEER_GOSSIP_STATE_ENABLED", "false"),

            // These peers take an empty CORE_VM_ENDPOINT for an unset one and say that they are ill because Docker is not there.
            // A value for the section as a whole hides the settings in it.
            ("CORE_VM", "none"),
        ],
    };

    private static FabricLine Three { get; } = new()
    {
        CouchDbImage = "couchdb:3.4.2",
        Peer = [],
    };

    /// <summary>What counts for a version.</summary>
    public static FabricLine Of(FabricVersion version) => version.Major < 3 ? Two : Three;

    /// <summary>The orderer's image.</summary>
    public static string OrdererImage(FabricVersion version) => $"hyperledger/fabric-orderer:{version}";

    /// <summary>The peer's image.</summary>
    public static string PeerImage(FabricVersion version) => $"hyperledger/fabric-peer:{version}";

    /// <summary>The image as the cluster's settings have it pulled.</summary>
    public static string From(ClusterOptions cluster, string image) =>
        string.IsNullOrEmpty(cluster.ImageRegistry) ? image : $"{cluster.ImageRegistry.TrimEnd('/')}/{image}";
}
