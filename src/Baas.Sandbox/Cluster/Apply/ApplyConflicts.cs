using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>Says who owns what an apply would change, in the words that kubectl explains.</summary>
internal static class ApplyConflicts
{
    public static StatusException Of(ObjectKey key, IReadOnlyList<(FieldManager Manager, FieldSet Fields)> conflicts)
    {
        var all = conflicts
            .SelectMany(conflict => conflict.Fields.Paths().Select(path => (Who: $"\"{conflict.Manager.Name}\"{Where(conflict.Manager)}", Path: path)))
            .ToList();
        var groups = all.GroupBy(one => one.Who).Select(group => group.Count() == 1 && all.Count == 1
            ? $"conflict with {group.Key}: {group.First().Path}"
            : $"conflicts with {group.Key}:\n{string.Join('\n', group.Select(one => $"- {one.Path}"))}");
        var causes = all.Select(one => (JsonNode)new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {one.Who}", ["field"] = one.Path }).ToArray();
        return new(409, "Conflict", $"Apply failed with {all.Count} conflict{(all.Count == 1 ? "" : "s")}: {string.Join('\n', groups)}")
        {
            Details = new JsonObject { ["name"] = key.Name, ["kind"] = key.Kind.Plural, ["causes"] = new JsonArray(causes) },
        };
    }

    private static string Where(FieldManager manager) =>
        (manager.Subresource is null ? "" : $" with subresource \"{manager.Subresource}\"") + (manager.IsApply ? "" : $" using {manager.ApiVersion}");
}
