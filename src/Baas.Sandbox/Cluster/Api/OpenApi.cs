using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>
/// Describes the kinds as far as kubectl asks: that the server validates fields itself, and the fields for <c>explain</c>. Strategic merge is not promised here, so that kubectl
/// uses the merge keys that it knows itself.
/// </summary>
internal static class OpenApi
{
    private static readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> Documents = new();

    /// <summary>The document of a path; null when there is none.</summary>
    public static ReadOnlyMemory<byte>? Find(string[] path) => path switch
    {
        ["openapi", "v3"] => Documents.GetOrAdd("", _ => ObjectJson.Write(Index())),
        ["openapi", "v3", "api", "v1"] => Documents.GetOrAdd("v1", _ => ObjectJson.Write(Document(""))),
        ["openapi", "v3", "apis", var group, "v1"] when ClusterKinds.All.Any(kind => kind.Group == group) => Documents.GetOrAdd(group, _ => ObjectJson.Write(Document(group))),
        _ => default(ReadOnlyMemory<byte>?), // a bare null would be an empty document
    };

    private static JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var group in ClusterKinds.All.Select(kind => kind.Group).Distinct())
        {
            var path = group.Length == 0 ? "api/v1" : $"apis/{group}/v1";
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private static JsonObject Document(string group)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var kind in ClusterKinds.All.Where(kind => kind.Group == group))
        {
            var schema = Describe(FieldTypes.Of(kind), 0);
            var head = new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };
            schema["x-kubernetes-group-version-kind"] = new JsonArray(head);
            schema["description"] = $"{kind.Kind} as the Baas sandbox keeps it; fields are Kubernetes' own.";
            schemas[kind.Kind] = schema;
            var root = (group.Length == 0 ? "/api/v1" : $"/apis/{group}/v1") + (kind.IsNamespaced ? "/namespaces/{namespace}/" : "/") + kind.Plural;
            paths[root + "/{name}"] = new JsonObject { ["get"] = Operation(kind, head, "get"), ["patch"] = Operation(kind, head, "patch") };
            paths[root] = new JsonObject { ["get"] = Operation(kind, head, "list"), ["post"] = Operation(kind, head, "post") };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Text },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(ObjectKind kind, JsonObject head, string action) => new()
    {
        ["operationId"] = action + kind.Kind,
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = head.DeepClone(),
        ["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldManager", "fieldValidation"]).Select(name =>
            (JsonNode)new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true } })]),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
    };

    // Some structures hold themselves, so the depth is bounded.
    private static JsonObject Describe(FieldType type, int depth)
    {
        const int Deepest = 7;
        switch (type.Form)
        {
            case FieldForm.Text or FieldForm.Quantity or FieldForm.WholeOrText:
                return new JsonObject { ["type"] = "string" };
            case FieldForm.Whole:
                return new JsonObject { ["type"] = "integer" };
            case FieldForm.Number:
                return new JsonObject { ["type"] = "number" };
            case FieldForm.Flag:
                return new JsonObject { ["type"] = "boolean" };
            case FieldForm.List:
                return new JsonObject { ["type"] = "array", ["items"] = Describe(type.At(""), depth) };
            case FieldForm.Map:
                return new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(type.At(""), depth) };
            case FieldForm.Structure when depth < Deepest:
                var fields = type.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Describe(field.Value, depth + 1)));
                return new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(fields) };
            default:
                return new JsonObject { ["type"] = "object" };
        }
    }
}
