using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>Gives containers the default requests and limits of their namespace, and holds them to its bounds.</summary>
internal static class LimitRanges
{
    /// <summary>Completes a new pod in place.</summary>
    /// <exception cref="StatusException">403: a container asks for more or less than is allowed.</exception>
    public static void Apply(StoreState state, ObjectKey key, JsonObject pod)
    {
        foreach (var range in state.List(ClusterKinds.LimitRanges, key.Namespace))
        {
            foreach (var limit in range.Object.Objects("spec", "limits").Where(limit => limit.Text("type") == "Container"))
            {
                foreach (var container in pod.Objects("spec", "containers").Concat(pod.Objects("spec", "initContainers")))
                {
                    Complete(container, limit);
                    Check(key, container, limit);
                }
            }
        }
    }

    private static void Complete(JsonObject container, JsonObject limit)
    {
        var resources = container.Ensure("resources");
        foreach (var (name, amount) in limit.Object("default") ?? [])
        {
            resources.Ensure("limits").Default(name, amount?.DeepClone() ?? "0");
        }

        foreach (var (name, amount) in limit.Object("defaultRequest") ?? [])
        {
            // A limit without a request is its own request.
            resources.Ensure("requests").Default(name, (resources.At("limits", name) is { } own && limit.At("default", name) is null ? own : amount)?.DeepClone() ?? "0");
        }
    }

    private static void Check(ObjectKey key, JsonObject container, JsonObject limit)
    {
        foreach (var (name, bound) in limit.Object("max") ?? [])
        {
            if (Quantity.Parse(container.Text("resources", "limits", name)) is { } amount && amount > Quantity.Parse(bound.AsText()))
            {
                throw Failures.Forbidden(key, $"maximum {name} usage per Container is {bound}, but limit is {container.Text("resources", "limits", name)}");
            }
        }

        foreach (var (name, bound) in limit.Object("min") ?? [])
        {
            if (Quantity.Parse(container.Text("resources", "requests", name)) is { } amount && amount < Quantity.Parse(bound.AsText()))
            {
                throw Failures.Forbidden(key, $"minimum {name} usage per Container is {bound}, but request is {container.Text("resources", "requests", name)}");
            }
        }
    }
}
