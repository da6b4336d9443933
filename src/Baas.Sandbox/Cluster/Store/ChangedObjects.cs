using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Makes the next version of an object from what a change wants of it.</summary>
internal static class ChangedObjects
{
    private static readonly string[] Fixed = ["name", "namespace", "uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion"];

    /// <summary>The object with another status and nothing else.</summary>
    public static JsonObject OnlyStatus(JsonObject before, JsonObject wanted)
    {
        var after = before.Copy();
        Carry(wanted, after, "status");
        if (wanted.At("metadata", "managedFields") is { } managers)
        {
            after.Ensure("metadata")["managedFields"] = managers.DeepClone();
        }

        return after;
    }

    /// <summary>The wanted object with the metadata that only the cluster decides and, for kinds with that subresource, the old status.</summary>
    public static JsonObject AllButStatus(ObjectKey key, JsonObject before, JsonObject wanted)
    {
        var after = wanted;
        if (key.Kind.HasStatus)
        {
            Carry(before, after, "status");
        }

        after["apiVersion"] = key.Kind.ApiVersion;
        after["kind"] = key.Kind.Kind;
        var (old, next) = (before.Ensure("metadata"), after.Ensure("metadata"));
        foreach (var name in Fixed)
        {
            Carry(old, next, name);
        }

        return after;
    }

    /// <summary>Counts changes of what is wanted.</summary>
    public static void RaiseGeneration(ObjectKind kind, JsonObject before, JsonObject after)
    {
        if (kind.HasGeneration && !JsonNode.DeepEquals(before["spec"], after["spec"]))
        {
            after.Ensure("metadata")["generation"] = (before.Number("metadata", "generation") ?? 0) + 1;
        }
    }

    private static void Carry(JsonObject from, JsonObject to, string name)
    {
        if (from.Has(name, out var value))
        {
            if (!JsonNode.DeepEquals(to[name], value))
            {
                to[name] = value.DeepClone();
            }
        }
        else
        {
            to.Remove(name);
        }
    }
}
