using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>The pods of owners that make them alike: ReplicaSets and Jobs.</summary>
internal sealed class TemplatePods(ObjectStore store, EventRecorder events, ObjectKind kind)
{
    /// <summary>The owner's pods, the oldest first.</summary>
    public IReadOnlyList<JsonObject> Of(JsonObject owner) =>
    [
        .. store.List(ClusterKinds.Pods, owner.Namespace).Where(pod => Ownership.IsControlledBy(pod, owner))
            .OrderBy(pod => pod.Text("metadata", "creationTimestamp"), StringComparer.Ordinal).ThenBy(pod => pod.Name, StringComparer.Ordinal),
    ];

    /// <summary>Makes a pod from the owner's template.</summary>
    /// <exception cref="StatusException">The cluster refuses it; the owner has an event about it.</exception>
    public void Make(JsonObject owner, JsonObject? furtherLabels = null)
    {
        var template = owner.Object("spec", "template");
        var metadata = Ownership.Metadata(owner, kind, "", template.Object("metadata", "labels"), template.Object("metadata", "annotations"));
        metadata.Remove("name");
        metadata["generateName"] = owner.Name + "-";
        foreach (var (name, value) in furtherLabels ?? [])
        {
            metadata.Ensure("labels")[name] = value?.DeepClone();
        }

        try
        {
            var made = store.Create(ClusterKinds.Pods, new JsonObject { ["metadata"] = metadata, ["spec"] = template.Object("spec")?.Copy() ?? [] });
            events.Normal(kind, owner, "SuccessfulCreate", $"Created pod: {made.Name}");
        }
        catch (StatusException refused)
        {
            events.Warning(kind, owner, "FailedCreate", $"Error creating: {refused.Message}");
            throw;
        }
    }

    /// <summary>Asks for the end of a pod.</summary>
    public void Remove(JsonObject owner, JsonObject pod)
    {
        if (!pod.IsDeleting)
        {
            Removals.Discard(store, new ObjectKey(ClusterKinds.Pods, pod.Namespace, pod.Name), pod.Uid);
            events.Normal(kind, owner, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
    }
}
