using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>What StatefulSets, pods and events say of how a workload is. Pure.</summary>
internal static class WorkloadStatus
{
    private const int MaxDetail = 600;

    // Half a minute of Kubernetes' growing delays: what waits for something else has found it by then.
    private const int CrashLimit = 4;

    /// <summary>Whether the one pod of a StatefulSet is ready and as the StatefulSet now wants it.</summary>
    public static bool IsReady(JsonObject set)
    {
        var isCurrent = set.Text("status", "currentRevision") == set.Text("status", "updateRevision") || set.Number("status", "updatedReplicas") >= 1;
        return !set.IsTerminating() && IsSeen(set) && isCurrent && set.Number("status", "readyReplicas") >= 1;
    }

    /// <summary>Whether a pod is as the StatefulSet now wants it; another one says nothing, since it is about to be replaced.</summary>
    public static bool IsWanted(JsonObject set, JsonObject pod) =>
        set.Number("status", "observedGeneration") is null
        || (IsSeen(set) && (pod.Text("metadata", "labels", "controller-revision-hash") is not { Length: > 0 } revision || revision == set.Text("status", "updateRevision")));

    /// <summary>Whether the cluster has seen what is wanted of a StatefulSet.</summary>
    public static bool IsSeen(JsonObject set) => set.Number("status", "observedGeneration") >= (set.Number("metadata", "generation") ?? 0);

    /// <summary>Whether a pod says that it is ready.</summary>
    public static bool IsPodReady(JsonObject pod) => pod.Objects("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    /// <summary>Whether a pod waits for an image that the cluster will not look for again.</summary>
    public static bool IsHopeless(JsonObject pod) =>
        !pod.IsTerminating() && pod.Objects("status", "containerStatuses").Any(container => container.Text("state", "waiting", "reason") is "ErrImageNeverPull" or "InvalidImageName");

    /// <summary>Whether a pod's program has ended so often that it will not get ready by itself.</summary>
    public static bool IsCrashing(JsonObject pod) =>
        !pod.IsTerminating() && pod.Objects("status", "containerStatuses").Any(container => container.Number("restartCount") >= CrashLimit && container.Text("state", "waiting", "reason") == "CrashLoopBackOff");

    /// <summary>Since when a pod's program runs without being ready; null when it does not run, or is ready.</summary>
    public static DateTimeOffset? RunsUnreadySince(JsonObject pod) =>
        pod.Objects("status", "containerStatuses").FirstOrDefault(container => container["ready"]?.GetValue<bool>() != true) is { } unready
        && DateTimeOffset.TryParse(unready.Text("state", "running", "startedAt"), System.Globalization.CultureInfo.InvariantCulture, out var started)
            ? started
            : null;

    /// <summary>Why a workload is not ready.</summary>
    /// <param name="pods">Its pods.</param>
    public static string Describe(IReadOnlyList<JsonObject> pods) =>
        Messages.OneLine(string.Join("; ", pods.Select(DescribePod)), MaxDetail);

    /// <summary>Why a workload has no pod.</summary>
    /// <param name="name">The workload's name.</param>
    /// <param name="events">The events of its namespace.</param>
    public static string DescribeWithoutPods(string name, IReadOnlyList<JsonObject> events)
    {
        var warning = events
            .Where(happened => happened.Text("involvedObject", "name") == name && happened.Text("type") == "Warning")
            .OrderBy(happened => happened.Text("lastTimestamp"), StringComparer.Ordinal)
            .Select(happened => $": {happened.Text("reason")}: {happened.Text("message")}")
            .LastOrDefault();
        return Messages.OneLine($"{name} has no pod yet{warning}", MaxDetail);
    }

    private static string DescribePod(JsonObject pod)
    {
        var name = pod.Text("metadata", "name");
        if (pod.IsTerminating())
        {
            return $"pod {name} is ending";
        }

        var unscheduled = pod.Objects("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "PodScheduled" && condition.Text("status") == "False");
        if (unscheduled is not null)
        {
            return $"pod {name} finds no place: {unscheduled.Text("reason")}: {unscheduled.Text("message")}";
        }

        var containers = pod.Objects("status", "containerStatuses").Select(DescribeContainer).Where(text => text.Length > 0);
        return $"pod {name}: {string.Join(", ", containers.DefaultIfEmpty($"{pod.Text("status", "phase")} {pod.Text("status", "reason")} {pod.Text("status", "message")}".Trim()))}";
    }

    private static string DescribeContainer(JsonObject container)
    {
        if (container.Text("state", "waiting", "reason") is { Length: > 0 } reason)
        {
            return $"waits: {reason}: {container.Text("state", "waiting", "message")}{Ended(container, "lastState")}";
        }

        if (Ended(container, "state") is { Length: > 0 } ended)
        {
            return ended;
        }

        var restarts = container.Number("restartCount") ?? 0;
        return restarts > 0 ? $"runs, is not ready, was restarted {restarts} times{Ended(container, "lastState")}" : "runs, is not ready";
    }

    private static string Ended(JsonObject container, string state) => container.Number(state, "terminated", "exitCode") is { } code
        ? $" ended with code {code} {container.Text(state, "terminated", "reason")} {container.Text(state, "terminated", "message")}".TrimEnd()
        : "";
}
