using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>The columns of pods.</summary>
internal static class PodColumns
{
    public static IReadOnlyList<Column> All(Column name, Column age) =>
    [
        name,
        new("Ready", (pod, _) => $"{Containers(pod).Count(one => one.Flag("ready"))}/{Cells.Size(pod.At("spec", "containers"))}"),
        new("Status", (pod, _) => Status(pod)),
        new("Restarts", (pod, now) => Restarts(pod, now)),
        age,
        new("IP", Cells.Field("status", "podIP"), true),
        new("Node", Cells.Field("spec", "nodeName"), true),
        new("Nominated Node", Cells.Field("status", "nominatedNodeName"), true),
        new("Readiness Gates", (_, _) => Cells.None, true),
    ];

    private static IEnumerable<JsonObject> Containers(JsonObject pod) => pod.Objects("status", "containerStatuses");

    private static string Status(JsonObject pod)
    {
        var phase = pod.Text("status", "phase") ?? "Unknown";
        if (pod.IsDeleting && phase is not ("Succeeded" or "Failed"))
        {
            return "Terminating";
        }

        var init = pod.Objects("status", "initContainerStatuses").ToList();
        var waiting = init.FindIndex(one => one.Number("state", "terminated", "exitCode") != 0);
        if (waiting >= 0)
        {
            return "Init:" + (Reason(init[waiting]) is { } why && why != "PodInitializing" ? why : $"{waiting}/{init.Count}");
        }

        return Containers(pod).Select(Reason).FirstOrDefault(reason => reason is not null) ?? pod.Text("status", "reason") ?? phase;
    }

    private static string? Reason(JsonObject container) =>
        container.Text("state", "waiting", "reason")
        ?? container.Text("state", "terminated", "reason")
        ?? (container.Number("state", "terminated", "exitCode") is { } code ? $"ExitCode:{code}" : null);

    private static string Restarts(JsonObject pod, DateTimeOffset now)
    {
        var count = Containers(pod).Sum(one => one.Number("restartCount") ?? 0);
        var last = Containers(pod).Select(one => one.Text("lastState", "terminated", "finishedAt")).OfType<string>().Max(StringComparer.Ordinal);
        var text = count.ToString(CultureInfo.InvariantCulture);
        return count > 0 && last is not null ? $"{text} ({Cells.Since(last, now)} ago)" : text;
    }
}
