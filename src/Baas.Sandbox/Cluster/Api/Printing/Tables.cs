using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>Tables of objects, as kubectl prints them.</summary>
internal static class Tables
{
    /// <summary>The table of some objects.</summary>
    /// <param name="call">The request, which says how much of the objects goes along.</param>
    /// <param name="rows">The objects.</param>
    /// <param name="revision">The table's resource version.</param>
    /// <param name="now">The time, for ages.</param>
    /// <param name="withHead">Whether the columns are described: a watch does it once.</param>
    public static JsonObject Of(ApiCall call, IReadOnlyList<StoredObject> rows, long revision, DateTimeOffset now, bool withHead = true)
    {
        var columns = Columns.Of(call.Kind);
        var wanted = call.Query("includeObject");
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) },
            ["columnDefinitions"] = withHead ? new JsonArray([.. columns.Select(Head)]) : null,
            ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
            {
                ["cells"] = new JsonArray([.. columns.Select(column => column.Value(row.Object, now))]),
                ["object"] = ObjectOf(row.Object, wanted),
            })]),
        };
    }

    private static JsonNode Head(Column column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Name == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = column.IsWide ? 1 : 0,
    };

    private static JsonObject? ObjectOf(JsonObject subject, string? wanted) => wanted switch
    {
        "None" => null,
        "Object" => subject.Copy(),
        _ => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = subject["metadata"]?.DeepClone() },
    };
}
