using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>JSON patches (RFC 6902).</summary>
internal static class JsonPatch
{
    private const int MaxOperations = 10_000;

    /// <summary>The object with the patch applied; both stay as they are.</summary>
    /// <exception cref="StatusException">400 or 422: the patch is malformed or does not fit.</exception>
    public static JsonObject Apply(JsonObject target, JsonNode? patch)
    {
        if (patch is not JsonArray { Count: <= MaxOperations } operations)
        {
            throw Failures.BadRequest("the patch is no list of operations, or too long");
        }

        JsonNode? root = target.Copy();
        foreach (var operation in operations)
        {
            root = Apply(root, operation);
        }

        return root as JsonObject ?? throw Misfit("the result is no object");
    }

    private static JsonNode? Apply(JsonNode? root, JsonNode? operation)
    {
        var path = Split(operation.Text("path"));
        switch (operation.Text("op"))
        {
            case "add":
                return Add(root, path, operation.At("value")?.DeepClone());
            case "remove":
                return Remove(root, path);
            case "replace":
                Find(root, path);
                return Add(path.Length == 0 ? root : Remove(root, path), path, operation.At("value")?.DeepClone());
            case "move":
                var from = Split(operation.Text("from"));
                var moved = Find(root, from)?.DeepClone();
                return Add(Remove(root, from), path, moved);
            case "copy":
                return Add(root, path, Find(root, Split(operation.Text("from")))?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Find(root, path), operation.At("value")) ? root : throw Misfit($"testing path {operation.Text("path")} failed");
            default:
                throw Failures.BadRequest("the patch has an unknown operation");
        }
    }

    private static JsonNode? Add(JsonNode? root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        switch (Find(root, path[..^1]))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(path[^1], list.Count), value);
                break;
            default:
                throw Misfit($"path /{string.Join('/', path)} does not exist");
        }

        return root;
    }

    private static JsonNode? Remove(JsonNode? root, string[] path)
    {
        switch (path.Length == 0 ? null : Find(root, path[..^1]))
        {
            case JsonObject map when map.Remove(path[^1]):
                break;
            case JsonArray list when Index(path[^1], list.Count - 1) is var index:
                list.RemoveAt(index);
                break;
            default:
                throw Misfit($"path /{string.Join('/', path)} does not exist");
        }

        return root;
    }

    private static JsonNode? Find(JsonNode? root, string[] path)
    {
        var here = root;
        foreach (var name in path)
        {
            here = here switch
            {
                JsonObject map when map.TryGetPropertyValue(name, out var value) => value,
                JsonArray list => list[Index(name, list.Count - 1)],
                _ => throw Misfit($"path /{string.Join('/', path)} does not exist"),
            };
        }

        return here;
    }

    private static int Index(string text, int last) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last ? index : throw Misfit($"there is no item {text}");

    private static string[] Split(string? pointer) => pointer switch
    {
        "" => [],
        { } text when text.StartsWith('/') => [.. text[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))],
        _ => throw Failures.BadRequest("a path of the patch is no JSON pointer"),
    };

    private static StatusException Misfit(string cause) => new(422, "Invalid", $"the server rejected our request due to an error in our request: {cause}");
}
