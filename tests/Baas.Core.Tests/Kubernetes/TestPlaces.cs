using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Kubernetes;

/// <summary>A network, its nodes and their identities, for manifests and steps.</summary>
internal static class TestPlaces
{
    public const string Fingerprint = "0123abcd";

    public static NetworkReference Network { get; } = new(TenantName.Parse("acme"), NetworkName.Parse("trade"));

    public static OrganizationName Ordering { get; } = OrganizationName.Parse("orderer");

    public static OrganizationName Org1 { get; } = OrganizationName.Parse("org1");

    public static PlacedNode Orderer { get; } = new(Network, NodeReference.Orderer(Ordering, 1), NodeRole.Orderer);

    public static PlacedNode Peer { get; } = new(Network, NodeReference.Peer(Org1, 1), NodeRole.Peer);

    public static PlacedNode Chaincode { get; } =
        new(Network, NodeReference.Chaincode(Org1, ChannelName.Parse("main"), ChaincodeName.Parse("Asset_Transfer")), NodeRole.Chaincode);

    public static FabricVersion Two { get; } = FabricVersion.Parse("2.5.16");

    public static FabricVersion Three { get; } = FabricVersion.Parse("3.1.5");

    public static NodeFiles Files { get; } = new(
        new Dictionary<string, string> { ["config.yaml"] = "NodeOUs", ["cacerts/ca-1.pem"] = "signing CA", ["signcerts/cert.pem"] = "signing certificate", ["keystore/priv_sk"] = "signing key" },
        "TLS certificate",
        "TLS key",
        ["TLS CA\n", "TLS intermediate\n"]);

    public static NodeFiles FilesWithoutMsp { get; } = new(new Dictionary<string, string>(), "TLS certificate", "TLS key", ["TLS CA\n"]);

    public static NodeEndpoint EndpointOf(PlacedNode node) =>
        new(node.Node, node.Role, node.DnsNames[0], Ports.MainOf(node.Role), node.Role == NodeRole.Orderer ? Ports.OrdererAdmin : null, null);
}
