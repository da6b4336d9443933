using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>The fields of a Service that the cluster fills in.</summary>
internal static class ServiceFields
{
    /// <summary>The Service with its address.</summary>
    public static JsonObject WithAddress(JsonObject service, IPAddress address)
    {
        var spec = service.Ensure("spec");
        spec["clusterIP"] = address.ToString();
        spec["clusterIPs"] = new JsonArray(address.ToString());
        spec["ipFamilies"] = new JsonArray("IPv4");
        spec["ipFamilyPolicy"] = "SingleStack";
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        spec.Default("internalTrafficPolicy", "Cluster");
        return service;
    }

    /// <summary>The port number that a Service's port leads to in a pod, 0 when the pod has no port of that name.</summary>
    public static int TargetPort(JsonObject port, JsonObject pod)
    {
        if ((port.Number("targetPort") ?? (port.Text("targetPort") is null ? port.Number("port") : null)) is { } number)
        {
            return (int)number;
        }

        var name = port.Text("targetPort");
        return (int)(pod.Objects("spec", "containers").SelectMany(container => container.Objects("ports"))
            .FirstOrDefault(candidate => candidate.Text("name") == name).Number("containerPort") ?? 0);
    }
}
