using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Judges the status of pods.</summary>
internal static class PodStates
{
    /// <summary>Whether the pod's programs have ended for good.</summary>
    public static bool IsFinished(JsonObject pod) => pod.Text("status", "phase") is "Succeeded" or "Failed";

    /// <summary>Whether the pod is ready and stays.</summary>
    public static bool IsReady(JsonObject pod) => !pod.IsDeleting && HasCondition(pod, "Ready");

    /// <summary>Whether a condition of the object is true.</summary>
    public static bool HasCondition(JsonObject subject, string type) =>
        subject.Objects("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") is "True");
}
