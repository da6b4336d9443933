using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Kubernetes;

public sealed class ManifestTests
{
    private static readonly ClusterOptions Outside = new();
    private static readonly NodeResources Resources = new() { StorageClass = "fast" };

    [Fact]
    public void Namespace_OfOrderers_IsAsApproved() => Approved.Check("namespace-of-orderers", OfNamespace(Ordering, NodeRole.Orderer, Outside));

    [Fact]
    public void Namespace_OfPeers_IsAsApproved() => Approved.Check("namespace-of-peers", OfNamespace(Org1, NodeRole.Peer, Outside));

    [Fact]
    public void Namespace_BaasInCluster_LetsOnlyItsNamespaceIn() =>
        Approved.Check("namespace-beside-baas", OfNamespace(Org1, NodeRole.Peer, new ClusterOptions { InCluster = true, BaasNamespace = "operators" }));

    [Fact]
    public void Namespace_BaasAddresses_AreTheOnlyOnesLetIn() =>
        Approved.Check("namespace-with-addresses", OfNamespace(Ordering, NodeRole.Orderer, new ClusterOptions { BaasAddresses = ["198.51.100.7/32"] }));

    [Fact]
    public void PullSecret_IsAsApproved() => Approved.Check("pull-secret", [NamespaceManifests.PullSecret(Network, Org1, "registry", """{"auths":{}}""")]);

    [Theory]
    [InlineData(Exposure.Cluster)]
    [InlineData(Exposure.NodePort)]
    [InlineData(Exposure.LoadBalancer)]
    public void Service_Exposed_IsAsApproved(Exposure exposure) =>
        Approved.Check($"service-{exposure}".ToLowerInvariant(), [.. ServiceManifests.For(Orderer, exposure), .. ServiceManifests.For(Peer, exposure), .. ServiceManifests.For(Chaincode, exposure)]);

    [Theory]
    [InlineData("2.5.16")]
    [InlineData("3.1.5")]
    public void Orderer_OfVersion_IsAsApproved(string version)
    {
        var files = Files;
        Approved.Check(
            $"orderer-{version}",
            [files.Secret(Orderer), OrdererManifests.StatefulSet(Orderer, MspId.Parse("OrdererMSP"), FabricVersion.Parse(version), Resources, files, Fingerprint, Outside)]);
    }

    [Theory]
    [InlineData("2.5.16", StateDatabase.LevelDb)]
    [InlineData("2.5.16", StateDatabase.CouchDb)]
    [InlineData("3.1.5", StateDatabase.LevelDb)]
    [InlineData("3.1.5", StateDatabase.CouchDb)]
    public void Peer_OfVersion_IsAsApproved(string version, StateDatabase database)
    {
        var files = Files;
        var fabric = FabricVersion.Parse(version);
        var peer = PeerOf(fabric, database, files, Outside);
        IEnumerable<Manifest> couch = database == StateDatabase.CouchDb
            ? [.. CouchDbManifests.Before(Peer, "secret"), CouchDbManifests.StatefulSet(Peer, fabric, Resources, Outside)]
            : [];
        Approved.Check($"peer-{version}-{database}".ToLowerInvariant(), [files.Secret(Peer), peer, .. couch]);
    }

    [Fact]
    public void Aliases_AreInTheHostsFilesOfOrderersAndPeers()
    {
        var files = Files;
        HostAlias[] aliases = [new("10.0.0.7", "peer-1.acme-former-org1.svc")];
        Manifest[] sets =
        [
            OrdererManifests.StatefulSet(Orderer, MspId.Parse("OrdererMSP"), FabricVersion.Parse("3.1.5"), Resources, files, Fingerprint, Outside, aliases),
            PeerManifests.StatefulSet(Peer, EndpointOf(Peer), MspId.Parse("Org1MSP"), FabricVersion.Parse("3.1.5"), StateDatabase.LevelDb, Resources, files, Fingerprint, Outside, aliases),
        ];

        Assert.All(sets, set => Assert.Equal(
            """[{"ip":"10.0.0.7","hostnames":["peer-1.acme-former-org1.svc"]}]""", set.Body["spec"]!["template"]!["spec"]!["hostAliases"]!.ToJsonString())); // a StatefulSet has these
    }

    [Fact]
    public void Service_OfAMovedNode_AsksForTheAddressThatPodsKnow()
    {
        var moved = EndpointOf(Peer) with { Host = "peer-1.acme-former-org1.svc", Own = "peer-1.acme-net-org1.svc", OwnAddress = "10.0.0.7" };

        Assert.Equal("10.0.0.7", (string?)Assert.Single(ServiceManifests.For(Peer, Exposure.Cluster, moved)).Body["spec"]!["clusterIP"]); // a Service has a spec
    }

    [Fact]
    public void Chaincode_IsAsApproved()
    {
        var files = FilesWithoutMsp;
        Approved.Check(
            "chaincode", [files.Secret(Chaincode), ChaincodeManifests.StatefulSet(Chaincode, "registry.example.com/asset:1.0", "asset_1:abcd", files, Fingerprint, Outside)]);
    }

    [Fact]
    public void Images_RegistryAndPullSecret_AreTheSettings()
    {
        var cluster = new ClusterOptions { ImageRegistry = "registry.example.com/mirror/", ImagePullSecret = "registry" };

        var pod = PeerOf(Three, StateDatabase.LevelDb, Files, cluster).Body["spec"]!["template"]!["spec"]!;

        Assert.Equal("registry.example.com/mirror/hyperledger/fabric-peer:3.1.5", pod.Objects("containers").Single().Text("image"));
        Assert.Equal("registry", pod.Objects("imagePullSecrets").Single().Text("name"));
    }

    [Fact]
    public void Names_LongestAllowed_FitKubernetes()
    {
        var name = new string('n', 20);
        var network = new NetworkReference(TenantName.Parse(name), NetworkName.Parse(name));
        var organization = OrganizationName.Parse(name);
        var node = new PlacedNode(network, new NodeReference(organization, NodeName.Parse(new string('n', 40))), NodeRole.Peer);

        Assert.True(node.Namespace.Length <= 63);
        Assert.All([node.Name, node.Database.Name, node.ExposurePolicy.Name], one => Assert.True(one.Length <= 63));
        Assert.True(node.Claim.Name.Length <= 253);
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void Pods_OfAllRoles_MeetTheRestrictedLevel(string role, int index)
    {
        var pod = AllSets()[index].Body["spec"]!["template"]!["spec"]!;
        var container = pod.Objects("containers").Single();

        Assert.Equal(role, container.Text("name"));
        Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.False(container["securityContext"]!["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.Equal("ALL", container["securityContext"]!["capabilities"]!["drop"]![0]!.GetValue<string>());
        Assert.All(pod.Objects("volumes"), volume => Assert.True(volume.ContainsKey("secret") || volume.ContainsKey("emptyDir")));
    }

    public static TheoryData<string, int> Pods => new() { { "orderer", 0 }, { "peer", 1 }, { "state-database", 2 }, { "chaincode", 3 } };

    [Fact]
    public void StatefulSet_NewFingerprint_ChangesThePodTemplate()
    {
        var files = Files;
        var first = OrdererManifests.StatefulSet(Orderer, MspId.Parse("OrdererMSP"), Three, Resources, files, "one", Outside).Body["spec"]!["template"];
        var second = OrdererManifests.StatefulSet(Orderer, MspId.Parse("OrdererMSP"), Three, Resources, files, "two", Outside).Body["spec"]!["template"];

        Assert.False(JsonNode.DeepEquals(first, second));
    }

    private static Manifest[] AllSets()
    {
        var files = Files;
        return
        [
            OrdererManifests.StatefulSet(Orderer, MspId.Parse("OrdererMSP"), Three, Resources, files, Fingerprint, Outside),
            PeerOf(Three, StateDatabase.CouchDb, files, Outside),
            CouchDbManifests.StatefulSet(Peer, Three, Resources, Outside),
            ChaincodeManifests.StatefulSet(Chaincode, "image", "id", files, Fingerprint, Outside),
        ];
    }

    private static Manifest PeerOf(FabricVersion version, StateDatabase database, NodeFiles files, ClusterOptions cluster) =>
        PeerManifests.StatefulSet(Peer, EndpointOf(Peer), MspId.Parse("Org1MSP"), version, database, Resources, files, Fingerprint, cluster);

    private static IEnumerable<Manifest> OfNamespace(OrganizationName organization, NodeRole role, ClusterOptions cluster) =>
        [NamespaceManifests.Namespace(Network, organization, role), .. NamespaceManifests.Content(Network, organization, role, 3, cluster)];
}
