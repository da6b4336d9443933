using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The objects of one orderer beside its Service. Pure: same arguments, same objects.</summary>
internal static class OrdererManifests
{
    private const string DataFolder = "/var/hyperledger/production";

    /// <summary>The StatefulSet; the Secret of <paramref name="files"/> has to be there before.</summary>
    public static Manifest StatefulSet(PlacedNode node, MspId msp, FabricVersion version, NodeResources resources, NodeFiles files, string fingerprint, ClusterOptions cluster, IReadOnlyList<HostAlias>? aliases = null) =>
        StatefulSets.Of(new PodSettings
        {
            Node = node,
            Image = FabricLine.From(cluster, FabricLine.OrdererImage(version)),
            Environment = [.. Variables.Of([.. General(msp), .. Tls, .. Admin, .. Data])],
            Fingerprint = fingerprint,
            Resources = resources,
            DataFolder = DataFolder,
            Files = files,
            Probes = Probes.OfFabric(Ports.Main, Ports.Operations),
            PullSecret = cluster.ImagePullSecret,
            Aliases = aliases ?? [],
        });

    private static IEnumerable<(string Name, string Value)> General(MspId msp) =>
    [
        ("ORDERER_GENERAL_LISTENADDRESS", "0.0.0.0"),
        ("ORDERER_GENERAL_LISTENPORT", $"{Ports.MainOf(NodeRole.Orderer)}"),
        ("ORDERER_GENERAL_LOCALMSPID", msp.Value),
        ("ORDERER_GENERAL_LOCALMSPDIR", NodeFiles.Msp),

        // There is no system channel: channels come by the participation API alone.
        ("ORDERER_GENERAL_BOOTSTRAPMETHOD", "none"),
        ("ORDERER_CHANNELPARTICIPATION_ENABLED", "true"),
        ("ORDERER_OPERATIONS_LISTENADDRESS", $"0.0.0.0:{Ports.OrdererOperations}"),
        ("ORDERER_METRICS_PROVIDER", "prometheus"),
        ("FABRIC_LOGGING_SPEC", FabricLine.Logging),
    ];

    // The same certificate towards clients and towards other orderers: consenters are known by it.
    private static IEnumerable<(string Name, string Value)> Tls =>
    [
        ("ORDERER_GENERAL_TLS_ENABLED", "true"),
        ("ORDERER_GENERAL_TLS_CERTIFICATE", NodeFiles.TlsCertificate),
        ("ORDERER_GENERAL_TLS_PRIVATEKEY", NodeFiles.TlsKey),
        ("ORDERER_GENERAL_TLS_ROOTCAS", $"[{NodeFiles.TlsRoots}]"),
        ("ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE", NodeFiles.TlsCertificate),
        ("ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY", NodeFiles.TlsKey),
        ("ORDERER_GENERAL_CLUSTER_ROOTCAS", $"[{NodeFiles.TlsRoots}]"),
    ];

    private static IEnumerable<(string Name, string Value)> Admin =>
    [
        ("ORDERER_ADMIN_LISTENADDRESS", $"0.0.0.0:{Ports.OrdererAdmin}"),
        ("ORDERER_ADMIN_TLS_ENABLED", "true"),
        ("ORDERER_ADMIN_TLS_CERTIFICATE", NodeFiles.TlsCertificate),
        ("ORDERER_ADMIN_TLS_PRIVATEKEY", NodeFiles.TlsKey),
        ("ORDERER_ADMIN_TLS_ROOTCAS", $"[{NodeFiles.TlsRoots}]"),
        ("ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED", "true"),
        ("ORDERER_ADMIN_TLS_CLIENTROOTCAS", $"[{NodeFiles.TlsRoots}]"),
    ];

    private static IEnumerable<(string Name, string Value)> Data =>
    [
        ("ORDERER_FILELEDGER_LOCATION", $"{DataFolder}/orderer"),
        ("ORDERER_CONSENSUS_WALDIR", $"{DataFolder}/orderer/consensus/wal"),
        ("ORDERER_CONSENSUS_SNAPDIR", $"{DataFolder}/orderer/consensus/snapshot"),
    ];
}
