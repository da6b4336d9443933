using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Ties objects to the one that made them.</summary>
internal static class Ownership
{
    /// <summary>The controlling owner of that kind, when the object has one.</summary>
    public static IEnumerable<ObjectKey> ControllerOf(JsonObject subject, ObjectKind kind) =>
        subject.Owners.Where(owner => owner.Flag("controller") && owner.Text("kind") == kind.Kind)
            .Select(owner => new ObjectKey(kind, subject.Namespace, owner.Text("name") ?? ""));

    /// <summary>The object itself or the owner of the object, when either is of that kind.</summary>
    public static IEnumerable<ObjectKey> SelfOrController(ObjectChange change, ObjectKind kind) =>
        change.Key.Kind == kind ? [change.Key] : ControllerOf(change.Object, kind);

    /// <summary>Whether the owner made the object.</summary>
    public static bool IsControlledBy(JsonObject subject, JsonObject owner) =>
        subject.Owners.Any(reference => reference.Flag("controller") && reference.Text("uid") == owner.Uid);

    /// <summary>The metadata of an object that a controller makes.</summary>
    public static JsonObject Metadata(JsonObject owner, ObjectKind kind, string name, JsonObject? labels, JsonObject? annotations = null)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Namespace,
            ["labels"] = labels?.Copy() ?? [],
            ["ownerReferences"] = new JsonArray(Reference(owner, kind)),
        };
        if (annotations is { Count: > 0 })
        {
            metadata["annotations"] = annotations.Copy();
        }

        return metadata;
    }

    /// <summary>A reference to the controlling owner.</summary>
    public static JsonObject Reference(JsonObject owner, ObjectKind kind) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
