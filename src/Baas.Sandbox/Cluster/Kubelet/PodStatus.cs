using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Makes the status of a pod from what is known of its containers. Pure.</summary>
internal sealed record PodStatus
{
    /// <summary>The init containers in their order.</summary>
    public required IReadOnlyList<ContainerSnapshot> InitContainers { get; init; }

    /// <summary>The containers in their order.</summary>
    public required IReadOnlyList<ContainerSnapshot> Containers { get; init; }

    /// <summary>The pod's address, or null when it has none yet.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>The node's address.</summary>
    public required IPAddress HostAddress { get; init; }

    /// <summary>Whether the programs have ended for good: null while they may run, else whether all succeeded.</summary>
    public required bool? HasSucceeded { get; init; }

    /// <summary>The status of the pod now.</summary>
    public JsonObject For(JsonObject pod, DateTimeOffset now)
    {
        var isReady = HasSucceeded is null && Containers.All(container => container.IsReady);
        var isInitialized = HasSucceeded is true || InitContainers.All(container => container.ExitCode is 0);
        var unready = string.Join(' ', Containers.Where(container => !container.IsReady).Select(container => container.Name));
        var (reason, message) = isReady ? (null, null) : ("ContainersNotReady", $"containers with unready status: [{unready}]");
        var status = new JsonObject
        {
            ["phase"] = Phase(),
            ["conditions"] = new JsonArray(
                StatusWrites.Condition(pod, "PodScheduled", true, now),
                StatusWrites.Condition(pod, "Initialized", isInitialized, now),
                StatusWrites.Condition(pod, "ContainersReady", isReady, now, reason, message),
                StatusWrites.Condition(pod, "Ready", isReady, now, reason, message)),
            ["hostIP"] = HostAddress.ToString(),
            ["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = HostAddress.ToString() }),
            ["startTime"] = pod.Text("status", "startTime") ?? Meta.Time(now),
            ["qosClass"] = pod.Text("status", "qosClass") ?? "Burstable",
            ["containerStatuses"] = new JsonArray([.. Containers.Select(container => (JsonNode)container.ToObject())]),
        };
        if (Address is not null)
        {
            status["podIP"] = Address.ToString();
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = Address.ToString() });
        }

        if (InitContainers.Count > 0)
        {
            status["initContainerStatuses"] = new JsonArray([.. InitContainers.Select(container => (JsonNode)container.ToObject())]);
        }

        return status;
    }

    private string Phase() => HasSucceeded switch
    {
        true => "Succeeded",
        false => "Failed",
        null => Containers.Any(container => container.IsRunning || container.RestartCount > 0 || container.ExitCode is not null) ? "Running" : "Pending",
    };
}
