using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The Service of a node. Pure: same arguments, same objects.</summary>
internal static class ServiceManifests
{
    /// <summary>The Service and, where it leads out of the cluster, the policy that lets callers in.</summary>
    public static IReadOnlyList<Manifest> For(PlacedNode node, Exposure exposure) =>
        exposure == Exposure.Cluster ? [Service(node, exposure)] : [Service(node, exposure), NetworkPolicies.Exposed(node)];

    /// <summary>The Service alone.</summary>
    public static Manifest Service(PlacedNode node, Exposure exposure) => Bodies.Of(
        node.Service,
        Labels.Of(node),
        ("spec", new JsonObject
        {
            ["type"] = TypeOf(exposure),
            ["selector"] = Labels.Selector(node),
            ["ports"] = new JsonArray([.. Ports.OfService(node.Role).Select(port => Port(port.Name, port.Port))]),

            // Nodes find each other while they start, and Baas looks at a node that is not ready.
            ["publishNotReadyAddresses"] = true,
        }));

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["port"] = port, ["targetPort"] = name, ["protocol"] = "TCP" };

    private static string TypeOf(Exposure exposure) => exposure switch
    {
        Exposure.NodePort => "NodePort",
        Exposure.LoadBalancer => "LoadBalancer",
        _ => "ClusterIP",
    };
}
