using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Storage.Identities;
using Baas.Testing.Kubernetes;
using Baas.Testing.Storage;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Cluster;

/// <summary>A fake cluster and stores that hold the identities of the test nodes.</summary>
internal sealed class StepFixture
{
    public FakeKubernetes Kubernetes { get; } = new();

    public TestStores Stores { get; } = new();

    public async Task<StepFixture> IssueAsync(params PlacedNode[] nodes)
    {
        foreach (var node in nodes)
        {
            var signing = node.Role == NodeRole.Chaincode ? null : new KeyPair("certificate", "key");
            await Stores.Identities.AddNodeAsync(node.Network, node.Node, new NodeIdentity(MspId.Parse("Org1MSP"), signing, new KeyPair("tls certificate", "tls key")), CancellationToken.None);
            await Stores.Identities.PutTrustAsync(node.Network, node.Node.Organization, Trust, CancellationToken.None);
            Kubernetes.Put(NamespaceManifests.Reference(node.Network, node.Node.Organization), NamespaceManifests.Namespace(node.Network, node.Node.Organization, node.Role).Body);
        }

        return this;
    }

    public static ApplyOrderer.Input OrdererInput { get; } =
        new(Network, EndpointOf(Orderer), MspId.Parse("OrdererMSP"), Three, new NodeResources(), null, Fingerprint);

    public static ApplyPeer.Input PeerInput(StateDatabase database) =>
        new(Network, EndpointOf(Peer), MspId.Parse("Org1MSP"), Three, database, new NodeResources(), null, Fingerprint);

    public static ApplyChaincodeServer.Input ChaincodeInput { get; } = new(Network, EndpointOf(Chaincode), "asset:1.0", "asset_1:abcd", null, Fingerprint);

    private static OrganizationTrust Trust { get; } = new()
    {
        MspId = MspId.Parse("Org1MSP"),
        Roots = ["ca"],
        Intermediates = [],
        TlsRoots = ["tlsca"],
        TlsIntermediates = [],
    };
}
