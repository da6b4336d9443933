using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>The node that the cluster shows.</summary>
internal static class NodeObject
{
    /// <summary>Writes the node into the store, new or anew.</summary>
    public static void Register(KubeletContext context)
    {
        var key = new ObjectKey(ClusterKinds.Nodes, null, context.NodeName);
        var labels = new JsonObject
        {
            ["kubernetes.io/hostname"] = context.NodeName,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "amd64",
            ["topology.kubernetes.io/region"] = "sandbox",
            ["topology.kubernetes.io/zone"] = "sandbox-a",
            ["baas.dev/emulated"] = context.Runtimes.Any(runtime => runtime.IsEmulated) ? "true" : "false",
        };
        if (context.Store.Get(key) is null)
        {
            context.Store.Create(ClusterKinds.Nodes, new JsonObject { ["metadata"] = new JsonObject { ["name"] = context.NodeName, ["labels"] = labels.DeepClone() }, ["spec"] = new JsonObject() });
        }

        context.Store.Change(key, node =>
        {
            node.Ensure("metadata")["labels"] = labels.DeepClone();
            return node;
        });
        StatusWrites.Replace(context.Store, key, Status(context, context.Store.Get(key) ?? []));
    }

    private static JsonObject Status(KubeletContext context, JsonObject node)
    {
        var now = context.Clock.GetUtcNow();
        var size = new JsonObject
        {
            ["cpu"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024}Ki"),
            ["pods"] = "10000",
        };
        return new JsonObject
        {
            ["capacity"] = size,
            ["allocatable"] = size.DeepClone(),
            ["conditions"] = new JsonArray(StatusWrites.Condition(node, "Ready", true, now, "KubeletReady", "the sandbox is ready")),
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = context.NodeAddress.ToString() },
                new JsonObject { ["type"] = "Hostname", ["address"] = context.NodeName }),
            ["nodeInfo"] = new JsonObject
            {
                ["operatingSystem"] = "linux",
                ["architecture"] = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "amd64",
                ["containerRuntimeVersion"] = "baas-sandbox://1",
                ["kubeletVersion"] = "v1.34.0",
                ["kubeProxyVersion"] = "v1.34.0",
                ["osImage"] = "Baas sandbox",
                ["kernelVersion"] = Environment.OSVersion.VersionString,
                ["machineID"] = "",
                ["systemUUID"] = "",
                ["bootID"] = "",
            },
        };
    }
}
