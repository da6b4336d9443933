using System.Text.Json.Nodes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes;

/// <summary>Where a Service can be reached, read off the objects that the cluster gave. Pure.</summary>
/// <param name="Host">The advertised host; null as long as it has none.</param>
/// <param name="Missing">What it waits for; empty when nothing is missing.</param>
/// <param name="Port">The advertised port of the main one.</param>
/// <param name="AdminPort">The advertised admin port; null for nodes without one.</param>
/// <param name="Dial">Where Baas connects instead of <paramref name="Host"/>; null: there.</param>
/// <param name="Addresses">Further addresses that lead there.</param>
internal sealed record ServiceAddress(string? Host, string Missing, int Port, int? AdminPort, string? Dial, IReadOnlyList<string> Addresses)
{
    private const string PortField = "port";
    private const string NodePortField = "nodePort";

    /// <summary>Whether finding the address needs the cluster's nodes.</summary>
    public static bool NeedsNodes(Exposure exposure, ClusterOptions cluster) => exposure == Exposure.NodePort && string.IsNullOrEmpty(cluster.NodeAddress);

    /// <summary>The address of a Service.</summary>
    /// <param name="node">Whose Service.</param>
    /// <param name="service">The Service as the cluster has it.</param>
    /// <param name="exposure">How it is exposed.</param>
    /// <param name="nodes">The cluster's nodes, where <see cref="NeedsNodes"/>.</param>
    /// <param name="cluster">The cluster's settings.</param>
    public static ServiceAddress Of(PlacedNode node, JsonObject service, Exposure exposure, IReadOnlyList<JsonObject> nodes, ClusterOptions cluster) => exposure switch
    {
        Exposure.NodePort => OfNodePort(service, nodes, cluster),
        Exposure.LoadBalancer => OfLoadBalancer(service),
        _ => OfCluster(node, service, cluster),
    };

    private static ServiceAddress OfCluster(PlacedNode node, JsonObject service, ClusterOptions cluster)
    {
        var address = service.Text("spec", "clusterIP");
        var dial = cluster.DialsDns || address.Length == 0 ? null : address;
        return address.Length == 0
            ? Waiting($"Service {node.Namespace}/{node.Name} has no cluster address yet")
            : new(node.DnsNames[0], "", PortOf(service, Ports.Main, PortField) ?? 0, PortOf(service, Ports.Admin, PortField), dial, []);
    }

    private static ServiceAddress OfLoadBalancer(JsonObject service)
    {
        // Of several, the first is advertised; the name before the address, as some load balancers change their addresses.
        var given = service.Objects("status", "loadBalancer", "ingress").SelectMany(ingress => new[] { ingress.Text("hostname"), ingress.Text("ip") }).Where(text => text.Length > 0).ToArray();
        return given.Length == 0
            ? Waiting($"the load balancer has given Service {service.Text("metadata", "namespace")}/{service.Text("metadata", "name")} no address yet")
            : new(given[0], "", PortOf(service, Ports.Main, PortField) ?? 0, PortOf(service, Ports.Admin, PortField), null, given);
    }

    private static ServiceAddress OfNodePort(JsonObject service, IReadOnlyList<JsonObject> nodes, ClusterOptions cluster)
    {
        var host = string.IsNullOrEmpty(cluster.NodeAddress) ? AddressOf(nodes) : cluster.NodeAddress;
        if (host is null)
        {
            return Waiting("no node of the cluster has an address");
        }

        return PortOf(service, Ports.Main, NodePortField) is { } port
            ? new(host, "", port, PortOf(service, Ports.Admin, NodePortField), null, [host])
            : Waiting($"Service {service.Text("metadata", "namespace")}/{service.Text("metadata", "name")} has no node port yet");
    }

    // Every cluster node leads there; the first by name, so that a second look finds the same.
    private static string? AddressOf(IReadOnlyList<JsonObject> nodes) => nodes
        .OrderBy(node => node.Text("metadata", "name"), StringComparer.Ordinal)
        .SelectMany(node => node.Objects("status", "addresses"))
        .Where(address => address.Text("type") is "ExternalIP" or "InternalIP")
        .OrderBy(address => address.Text("type"), StringComparer.Ordinal)
        .Select(address => address.Text("address"))
        .FirstOrDefault(address => address.Length > 0);

    private static int? PortOf(JsonObject service, string name, string field) =>
        service.Objects("spec", "ports").Where(port => port.Text("name") == name).Select(port => (int?)port.Number(field)).FirstOrDefault(number => number > 0);

    private static ServiceAddress Waiting(string missing) => new(null, missing, 0, null, null, []);
}
