using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The server of one chaincode, beside its Service. Pure: same arguments, same objects.</summary>
internal static class ChaincodeManifests
{
    /// <summary>The StatefulSet; the Secret of <paramref name="files"/> has to be there before. It keeps no data, but its readiness is looked at like a node's.</summary>
    public static Manifest StatefulSet(PlacedNode node, string image, string packageId, NodeFiles files, string fingerprint, ClusterOptions cluster) =>
        StatefulSets.Of(new PodSettings
        {
            Node = node,
            Image = image,
            Environment = [.. Variables.Of([.. Server(packageId), .. Tls])],
            Fingerprint = fingerprint,
            Files = files,
            NeedsScratch = true,
            Probes = Probes.OfPort(Ports.Main),
            PullSecret = cluster.ImagePullSecret,
        });

    private static IEnumerable<(string Name, string Value)> Server(string packageId) =>
    [
        ("CHAINCODE_SERVER_ADDRESS", $"0.0.0.0:{Ports.MainOf(NodeRole.Chaincode)}"),
        ("CHAINCODE_ID", packageId),
        ("CORE_CHAINCODE_ID_NAME", packageId),
    ];

    // There is no common name for these settings: the first three are those of Go samples, the next two of Node, the last three of Java.
    private static IEnumerable<(string Name, string Value)> Tls =>
    [
        ("CHAINCODE_TLS_DISABLED", "false"),
        ("CHAINCODE_TLS_KEY", NodeFiles.TlsKey),
        ("CHAINCODE_TLS_CERT", NodeFiles.TlsCertificate),
        ("CHAINCODE_TLS_KEY_FILE", NodeFiles.TlsKey),
        ("CHAINCODE_TLS_CERT_FILE", NodeFiles.TlsCertificate),
        ("CORE_PEER_TLS_ENABLED", "true"),
        ("CORE_TLS_CLIENT_KEY_FILE", NodeFiles.TlsKey),
        ("CORE_TLS_CLIENT_CERT_FILE", NodeFiles.TlsCertificate),
    ];
}
