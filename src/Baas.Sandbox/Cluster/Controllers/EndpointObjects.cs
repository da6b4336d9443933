using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Network;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>The lists of the pods behind a Service. Pure.</summary>
internal static class EndpointObjects
{
    /// <summary>The older form: ready and unready addresses.</summary>
    public static JsonObject Endpoints(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var subsets = new JsonArray();
        if (pods.Count > 0)
        {
            var ofUnready = service.Flag("spec", "publishNotReadyAddresses");
            var subset = new JsonObject { ["ports"] = Ports(service, pods) };
            AddAddresses(subset, "addresses", pods.Where(pod => ofUnready || PodStates.IsReady(pod)));
            AddAddresses(subset, "notReadyAddresses", pods.Where(pod => !ofUnready && !PodStates.IsReady(pod)));
            subsets.Add(subset);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Endpoints",
            ["metadata"] = new JsonObject { ["name"] = service.Name, ["namespace"] = service.Namespace, ["labels"] = service.Labels?.Copy() ?? [] },
            ["subsets"] = subsets,
        };
    }

    /// <summary>The newer form: one entry a pod with its conditions.</summary>
    public static JsonObject Slice(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var labels = service.Labels?.Copy() ?? [];
        labels["kubernetes.io/service-name"] = service.Name;
        labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
        return new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["kind"] = "EndpointSlice",
            ["metadata"] = Ownership.Metadata(service, ClusterKinds.Services, service.Name, labels),
            ["addressType"] = "IPv4",
            ["endpoints"] = new JsonArray([.. pods.Select(pod => (JsonNode)Endpoint(service, pod))]),
            ["ports"] = Ports(service, pods),
        };
    }

    private static JsonObject Endpoint(JsonObject service, JsonObject pod)
    {
        var isReady = PodStates.HasCondition(pod, "Ready");
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Text("status", "podIP")),
            ["conditions"] = new JsonObject
            {
                ["ready"] = (isReady && !pod.IsDeleting) || service.Flag("spec", "publishNotReadyAddresses"),
                ["serving"] = isReady,
                ["terminating"] = pod.IsDeleting,
            },
            ["nodeName"] = pod.Text("spec", "nodeName"),
            ["targetRef"] = Target(pod),
        };
        if (pod.Text("spec", "subdomain") == service.Name)
        {
            endpoint["hostname"] = pod.Text("spec", "hostname");
        }

        return endpoint;
    }

    private static void AddAddresses(JsonObject subset, string name, IEnumerable<JsonObject> pods)
    {
        var addresses = pods.Select(pod => (JsonNode)new JsonObject
        {
            ["ip"] = pod.Text("status", "podIP"),
            ["nodeName"] = pod.Text("spec", "nodeName"),
            ["targetRef"] = Target(pod),
        }).ToArray();
        if (addresses.Length > 0)
        {
            subset[name] = new JsonArray(addresses);
        }
    }

    private static JsonObject Target(JsonObject pod) =>
        new() { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name, ["uid"] = pod.Uid };

    private static JsonArray Ports(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var ports = new JsonArray();
        foreach (var port in service.Objects("spec", "ports"))
        {
            var entry = new JsonObject
            {
                ["port"] = pods.Count > 0 ? ServiceFields.TargetPort(port, pods[0]) : (int)(port.Number("port") ?? 0),
                ["protocol"] = port.Text("protocol") ?? "TCP",
            };
            if (port.Text("name") is { } name)
            {
                entry["name"] = name;
            }

            ports.Add(entry);
        }

        return ports;
    }
}
