using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;

namespace Baas.Core.Steps.Health;

/// <summary>Reads a pod off its object. Pure.</summary>
internal static class PodReading
{
    /// <summary>The pod as health sees it.</summary>
    public static PodObservation Of(JsonObject pod)
    {
        var container = pod.Objects("status", "containerStatuses").FirstOrDefault();
        var isReady = pod.Objects("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
        return new PodObservation
        {
            Uid = pod.Text("metadata", "uid"),
            Phase = pod.Text("status", "phase") is { Length: > 0 } phase ? phase : "Unknown",
            IsReady = isReady,
            IsTerminating = pod.IsTerminating(),
            Restarts = (int)(container.Number("restartCount") ?? 0),
            StartedAt = DateTimeOffset.TryParse(container.Text("state", "running", "startedAt"), CultureInfo.InvariantCulture, out var started) ? started : null,
            Waiting = WaitingOf(container),
            Detail = isReady && !pod.IsTerminating() ? "" : WorkloadStatus.Describe([pod]),
            Image = container.Text("image") is { Length: > 0 } image ? image : null,
        };
    }

    // Volumes that cannot be mounted leave the container waiting as if it were only being made; the message tells.
    private static string WaitingOf(JsonObject? container)
    {
        var reason = container.Text("state", "waiting", "reason");
        return reason == "ContainerCreating" && container.Text("state", "waiting", "message").Length > 0 ? "CreateContainerConfigError" : reason;
    }
}
