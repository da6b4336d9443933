using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>Who may talk to whom. Everything else is refused.</summary>
/// <remarks>
/// Nodes of one network may call each other whatever channels they share: which organizations share a channel changes while the network
/// lives, and Fabric itself asks every caller for its identity. Health and metrics are for Baas alone, where it runs in the cluster.
/// </remarks>
internal static class NetworkPolicies
{
    private static readonly string[] Anywhere = ["0.0.0.0/0", "::/0"];

    /// <summary>The policies of an organization's namespace.</summary>
    public static IEnumerable<Manifest> Of(NetworkReference network, OrganizationName organization, NodeRole role, ClusterOptions cluster) => role == NodeRole.Orderer
        ? [DefaultDeny(network, organization), Orderers(network, organization, cluster)]
        : [DefaultDeny(network, organization), Peers(network, organization, cluster), PeerServants(network, organization)];

    /// <summary>The policy that lets everybody call a node whose Service leads out of the cluster, and lets it call others by their outside addresses.</summary>
    public static Manifest Exposed(PlacedNode node) => Bodies.Of(
        node.ExposurePolicy,
        Labels.Of(node),
        ("spec", Spec(
            Select(Labels.Selector(node)),
            [new JsonObject { ["ports"] = Ports.ForPolicy(Ports.OfService(node.Role).Select(port => port.Port)) }],
            [new JsonObject { ["to"] = Blocks(Anywhere) }])));

    private static Manifest DefaultDeny(NetworkReference network, OrganizationName organization) =>
        Policy(network, organization, ObjectNames.DefaultDeny, Spec(new JsonObject(), [], []));

    private static Manifest Orderers(NetworkReference network, OrganizationName organization, ClusterOptions cluster)
    {
        var grpc = Ports.MainOf(NodeRole.Orderer);
        return Policy(network, organization, ObjectNames.Orderers, Spec(
            Select(Labels.Selector(NodeRole.Orderer)),
            [From([NetworkPeers(network)], grpc), From(Baas(cluster), [grpc, Ports.OrdererAdmin, .. Health(cluster, Ports.OrdererOperations)])],
            [To(NetworkPeers(network)), Dns()]));
    }

    private static Manifest Peers(NetworkReference network, OrganizationName organization, ClusterOptions cluster)
    {
        var grpc = Ports.MainOf(NodeRole.Peer);
        return Policy(network, organization, ObjectNames.Peers, Spec(
            Select(Labels.Selector(NodeRole.Peer)),
            [From([NetworkPeers(network)], grpc), From(Baas(cluster), [grpc, .. Health(cluster, Ports.PeerOperations)])],
            [To(NetworkPeers(network)), Dns()]));
    }

    // They call nobody: a chaincode that did could not give the same answer everywhere.
    private static Manifest PeerServants(NetworkReference network, OrganizationName organization) =>
        Policy(network, organization, ObjectNames.PeerServants, Spec(
            Select(NodeRole.Chaincode, NodeRole.StateDatabase),
            [From([new JsonObject { ["podSelector"] = Select(Labels.Selector(NodeRole.Peer)) }], Ports.MainOf(NodeRole.Chaincode), Ports.MainOf(NodeRole.StateDatabase))],
            []));

    private static Manifest Policy(NetworkReference network, OrganizationName organization, string name, JsonObject spec) => Bodies.Of(
        new ResourceReference(ResourceKind.NetworkPolicy, network.NamespaceOf(organization), name), Labels.Of(network, organization), ("spec", spec));

    private static JsonObject Spec(JsonObject pods, JsonArray ingress, JsonArray egress)
    {
        var spec = new JsonObject { ["podSelector"] = pods, ["policyTypes"] = new JsonArray("Ingress", "Egress") };
        if (ingress.Count > 0)
        {
            spec["ingress"] = ingress;
        }

        if (egress.Count > 0)
        {
            spec["egress"] = egress;
        }

        return spec;
    }

    // From outside nobody reaches a pod's own address, and the port asks nobody who they are.
    private static int[] Health(ClusterOptions cluster, int port) => cluster.InCluster ? [port] : [];

    private static JsonObject From(JsonArray callers, params int[] ports) => new() { ["from"] = callers, ["ports"] = Ports.ForPolicy(ports) };

    private static JsonObject To(JsonObject called) => new() { ["to"] = new JsonArray(called) };

    // Wherever it is: some clusters answer from a cache on the cluster node, outside of every namespace.
    private static JsonObject Dns() => new()
    {
        ["ports"] = new JsonArray(new JsonObject { ["port"] = 53, ["protocol"] = "UDP" }, new JsonObject { ["port"] = 53, ["protocol"] = "TCP" }),
    };

    private static JsonObject NetworkPeers(NetworkReference network) => new() { ["namespaceSelector"] = Select(Labels.Selector(network)) };

    private static JsonArray Baas(ClusterOptions cluster)
    {
        if (cluster.InCluster)
        {
            var name = new JsonObject { ["kubernetes.io/metadata.name"] = cluster.BaasNamespace };
            return [new JsonObject { ["namespaceSelector"] = Select(name) }];
        }

        return Blocks(cluster.BaasAddresses is { Count: > 0 } addresses ? addresses : Anywhere);
    }

    private static JsonArray Blocks(IEnumerable<string> blocks) =>
        [.. blocks.Select(block => new JsonObject { ["ipBlock"] = new JsonObject { ["cidr"] = block } })];

    private static JsonObject Select(JsonObject labels) => new() { ["matchLabels"] = labels };

    private static JsonObject Select(params NodeRole[] roles) => new()
    {
        ["matchExpressions"] = new JsonArray(new JsonObject
        {
            ["key"] = Labels.Role,
            ["operator"] = "In",
            ["values"] = new JsonArray([.. roles.Select(role => JsonValue.Create(Labels.NameOf(role)))]),
        }),
    };
}
