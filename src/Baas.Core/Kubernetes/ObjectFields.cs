using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>Reads fields of objects that the cluster gave; what is absent or of another type reads as nothing.</summary>
internal static class ObjectFields
{
    /// <summary>A text; empty when absent.</summary>
    public static string Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        Field(node, path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>A whole number; null when absent.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) => Field(node, path) switch
    {
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        JsonValue value when value.TryGetValue<int>(out var number) => number, // a value that was set, not read, has one type only
        _ => null,
    };

    /// <summary>The objects of a list; none when absent.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (Field(node, path) as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Whether the object is being deleted.</summary>
    public static bool IsTerminating(this JsonObject node) => node.Text("metadata", "deletionTimestamp").Length > 0;

    private static JsonNode? Field(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject parent && parent.TryGetPropertyValue(name, out var child) ? child : null;
        }

        return node;
    }
}
