using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The Service of a node. Pure: same arguments, same objects.</summary>
internal static class ServiceManifests
{
    /// <summary>The Service and, where it leads out of the cluster, the policy that lets callers in.</summary>
    /// <param name="node">Whose Service.</param>
    /// <param name="exposure">How it is exposed.</param>
    /// <param name="wished">The address to ask for, since certificates and channels name it; null for any.</param>
    public static IReadOnlyList<Manifest> For(PlacedNode node, Exposure exposure, NodeEndpoint? wished = null) =>
        exposure == Exposure.Cluster ? [Service(node, exposure, wished)] : [Service(node, exposure, wished), NetworkPolicies.Exposed(node)];

    /// <summary>The Service alone.</summary>
    public static Manifest Service(PlacedNode node, Exposure exposure, NodeEndpoint? wished = null)
    {
        var spec = new JsonObject
        {
            ["type"] = TypeOf(exposure),
            ["selector"] = Labels.Selector(node),
            ["ports"] = new JsonArray([.. Ports.OfService(node.Role).Select(port => Port(port.Name, port.Port, exposure == Exposure.NodePort ? wished : null))]),

            // Nodes find each other while they start, and Baas looks at a node that is not ready.
            ["publishNotReadyAddresses"] = true,
        };
        if (exposure == Exposure.LoadBalancer && IPAddress.TryParse(wished?.Host, out var address))
        {
            spec["loadBalancerIP"] = address.ToString();
        }

        if (wished?.OwnAddress is { } own)
        {
            spec["clusterIP"] = own; // pods of the network know it by this address
        }

        return Bodies.Of(node.Service, Labels.Of(node), ("spec", spec));
    }

    private static JsonObject Port(string name, int port, NodeEndpoint? wished)
    {
        var made = new JsonObject { ["name"] = name, ["port"] = port, ["targetPort"] = name, ["protocol"] = "TCP" };
        if ((name == Ports.Admin ? wished?.AdminPort : name == Ports.Main ? wished?.Port : null) is { } nodePort)
        {
            made["nodePort"] = nodePort;
        }

        return made;
    }

    private static string TypeOf(Exposure exposure) => exposure switch
    {
        Exposure.NodePort => "NodePort",
        Exposure.LoadBalancer => "LoadBalancer",
        _ => "ClusterIP",
    };
}
