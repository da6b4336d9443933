using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The objects of one peer beside its Service. Pure: same arguments, same objects.</summary>
internal static class PeerManifests
{
    private const string DataFolder = "/var/hyperledger/production";

    /// <summary>The StatefulSet; the Secrets of <paramref name="files"/> and of the CouchDB have to be there before.</summary>
    public static Manifest StatefulSet(
        PlacedNode node,
        NodeEndpoint endpoint,
        MspId msp,
        FabricVersion version,
        StateDatabase database,
        NodeResources resources,
        NodeFiles files,
        string fingerprint,
        ClusterOptions cluster,
        IReadOnlyList<HostAlias>? aliases = null) =>
        StatefulSets.Of(new PodSettings
        {
            Node = node,
            Image = FabricLine.From(cluster, FabricLine.PeerImage(version)),
            Environment = [.. Variables.Of([.. General(node, endpoint, msp), .. Tls, .. FabricLine.Of(version).Peer]), .. State(node, database)],
            Fingerprint = fingerprint,
            Resources = resources,
            DataFolder = DataFolder,
            Files = files,
            NeedsScratch = true,
            Probes = Probes.OfFabric(Ports.Main, Ports.Operations),
            PullSecret = cluster.ImagePullSecret,
            Aliases = aliases ?? [],
        });

    private static IEnumerable<(string Name, string Value)> General(PlacedNode node, NodeEndpoint endpoint, MspId msp) =>
    [
        ("CORE_PEER_ID", node.Node.ToString()),
        ("CORE_PEER_LOCALMSPID", msp.Value),
        ("CORE_PEER_MSPCONFIGPATH", NodeFiles.Msp),
        ("CORE_PEER_ADDRESS", endpoint.Address),
        ("CORE_PEER_LISTENADDRESS", $"0.0.0.0:{Ports.MainOf(NodeRole.Peer)}"),
        ("CORE_PEER_CHAINCODEADDRESS", $"{endpoint.Host}:{Ports.PeerChaincode}"),
        ("CORE_PEER_CHAINCODELISTENADDRESS", $"0.0.0.0:{Ports.PeerChaincode}"),

        // Peers of an organization find each other through the channel's anchor peers; the default would be a stranger on loopback.
        ("CORE_PEER_GOSSIP_BOOTSTRAP", endpoint.Address),
        ("CORE_PEER_GOSSIP_ENDPOINT", endpoint.Address),
        ("CORE_PEER_GOSSIP_EXTERNALENDPOINT", endpoint.Address),

        // Peers that join at the same time refuse each other for a moment. With the defaults they try again after 25 s and tell
        // of their channels every 4 s; meanwhile the approvals of their organization, which are private data, do not reach them all.
        ("CORE_PEER_GOSSIP_RECONNECTINTERVAL", "2s"),
        ("CORE_PEER_GOSSIP_MAXCONNECTIONATTEMPTS", "1500"),
        ("CORE_PEER_GOSSIP_PUBLISHSTATEINFOINTERVAL", "1s"),
        ("CORE_PEER_GOSSIP_REQUESTSTATEINFOINTERVAL", "1s"),
        ("CORE_PEER_FILESYSTEMPATH", DataFolder),
        ("CORE_LEDGER_SNAPSHOTS_ROOTDIR", $"{DataFolder}/snapshots"),
        ("CORE_OPERATIONS_LISTENADDRESS", $"0.0.0.0:{Ports.PeerOperations}"),
        ("CORE_METRICS_PROVIDER", "prometheus"),
        ("FABRIC_LOGGING_SPEC", FabricLine.Logging),

        // No Docker: chaincodes run as services, through the builder that the image carries and its defaults name.
        ("CORE_VM_ENDPOINT", ""),

        // A service is connected to, not built and started: five minutes, the default, are for that.
        ("CORE_CHAINCODE_STARTUPTIMEOUT", "20s"),
    ];

    private static IEnumerable<(string Name, string Value)> Tls =>
    [
        ("CORE_PEER_TLS_ENABLED", "true"),
        ("CORE_PEER_TLS_CERT_FILE", NodeFiles.TlsCertificate),
        ("CORE_PEER_TLS_KEY_FILE", NodeFiles.TlsKey),
        ("CORE_PEER_TLS_ROOTCERT_FILE", NodeFiles.TlsRoots),
    ];

    private static IEnumerable<JsonObject> State(PlacedNode node, StateDatabase database) => database == StateDatabase.CouchDb
        ?
        [
            .. Variables.Of(
            [
                ("CORE_LEDGER_STATE_STATEDATABASE", "CouchDB"),
                ("CORE_LEDGER_STATE_COUCHDBCONFIG_COUCHDBADDRESS", $"{node.Database.Name}:{Ports.MainOf(NodeRole.StateDatabase)}"),
            ]),
            Variables.FromSecret("CORE_LEDGER_STATE_COUCHDBCONFIG_USERNAME", node.Database.Secret, CouchDbManifests.UserKey),
            Variables.FromSecret("CORE_LEDGER_STATE_COUCHDBCONFIG_PASSWORD", node.Database.Secret, CouchDbManifests.PasswordKey),
        ]
        : Variables.Of([("CORE_LEDGER_STATE_STATEDATABASE", "goleveldb")]);
}
