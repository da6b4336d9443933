using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>One committed change of one object.</summary>
/// <param name="Type">What has happened.</param>
/// <param name="Key">Which object.</param>
/// <param name="Object">The object after the change; for a deleted one its last state, with the deletion's resource version. Never modify it.</param>
/// <param name="Revision">The cluster's resource version of this change. It grows by one with each change of any object.</param>
internal sealed record ObjectChange(ChangeType Type, ObjectKey Key, JsonObject Object, long Revision)
{
    /// <summary>The object before the change; null for a new one.</summary>
    public StoredObject? Before { get; init; }

    /// <summary>The object with its bytes.</summary>
    public required StoredObject Stored { get; init; }
}
