using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Writes the status of objects.</summary>
internal static class StatusWrites
{
    /// <summary>Makes <paramref name="status"/> the object's status; nothing is written when it is so already or the object is gone.</summary>
    public static void Replace(ObjectStore store, ObjectKey key, JsonObject status)
    {
        if (store.Get(key) is { } known && !JsonNode.DeepEquals(known["status"], status))
        {
            store.Change(key, changed =>
            {
                changed["status"] = status.DeepClone();
                return changed;
            }, status: true);
        }
    }

    /// <summary>A condition; it keeps the time of its last transition when its status stays.</summary>
    public static JsonObject Condition(JsonObject subject, string type, bool holds, DateTimeOffset now, string? reason = null, string? message = null)
    {
        var status = holds ? "True" : "False";
        var earlier = subject.Objects("status", "conditions").FirstOrDefault(known => known.Text("type") == type && known.Text("status") == status);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["lastTransitionTime"] = earlier.Text("lastTransitionTime") ?? Meta.Time(now),
        };
        if (reason is not null)
        {
            condition["reason"] = reason;
        }

        if (message is not null)
        {
            condition["message"] = message;
        }

        return condition;
    }
}
