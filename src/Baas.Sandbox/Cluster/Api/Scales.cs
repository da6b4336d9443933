using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>The scale subresource: how many replicas, and nothing else.</summary>
internal static class Scales
{
    /// <summary>The scale of a workload.</summary>
    public static JsonObject Of(StoredObject stored)
    {
        var subject = stored.Object;
        var labels = subject.Object("spec", "selector", "matchLabels") ?? [];
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = stored.Key.Name,
                ["namespace"] = stored.Key.Namespace,
                ["uid"] = subject.Uid,
                ["resourceVersion"] = subject.Text("metadata", "resourceVersion"),
                ["creationTimestamp"] = subject.Text("metadata", "creationTimestamp"),
            },
            ["spec"] = new JsonObject { ["replicas"] = subject.Number("spec", "replicas") ?? 0 },
            ["status"] = new JsonObject
            {
                ["replicas"] = subject.Number("status", "replicas") ?? 0,
                ["selector"] = string.Join(',', labels.Select(label => $"{label.Key}={label.Value}")),
            },
        };
    }

    /// <summary>The workload with the replicas that a scale says.</summary>
    /// <exception cref="StatusException">422: it says none, or a negative number.</exception>
    public static JsonObject Apply(ObjectKey key, JsonObject subject, JsonNode? scale)
    {
        if (scale.Number("spec", "replicas") is not ({ } replicas and >= 0 and <= int.MaxValue))
        {
            throw Failures.Invalid(key, FieldFault.Invalid("spec.replicas", scale.At("spec", "replicas")?.ToJsonString(), "must be greater than or equal to 0"));
        }

        subject.Ensure("spec")["replicas"] = replicas;
        return subject;
    }
}
