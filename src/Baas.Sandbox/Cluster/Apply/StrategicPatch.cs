using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>Kubernetes' strategic merge patches: merge patches that merge lists by the keys of their items, with directives.</summary>
internal static class StrategicPatch
{
    private const string Directive = "$patch";
    private const string DeleteValues = "$deleteFromPrimitiveList/";
    private const string Order = "$setElementOrder/";
    private const string Retain = "$retainKeys";

    /// <summary>The object with the patch applied; both stay as they are.</summary>
    public static JsonObject Apply(FieldType type, JsonObject target, JsonObject patch)
    {
        if (patch.Text(Directive) is "replace" or "delete")
        {
            return patch.Text(Directive) == "delete" ? [] : Plain(patch);
        }

        var result = target.Copy();
        if (patch[Retain] is JsonArray retained)
        {
            var names = retained.Select(name => name.AsText()).ToHashSet();
            result.Select(field => field.Key).Where(name => !names.Contains(name)).ToList().ForEach(name => result.Remove(name));
        }

        foreach (var (name, change) in patch)
        {
            if (name.StartsWith(DeleteValues, StringComparison.Ordinal))
            {
                RemoveValues(result, name[DeleteValues.Length..], change);
            }
            else if (!name.StartsWith('$'))
            {
                Set(type.At(name), result, name, change);
            }
        }

        foreach (var (name, order) in patch.Where(field => field.Key.StartsWith(Order, StringComparison.Ordinal)))
        {
            Sort(type.At(name[Order.Length..]), result, name[Order.Length..], order as JsonArray ?? []);
        }

        return result;
    }

    private static void Set(FieldType type, JsonObject result, string name, JsonNode? change)
    {
        switch (change)
        {
            case null:
                result.Remove(name);
                break;
            case JsonObject map:
                result[name] = Apply(type, result[name] as JsonObject ?? [], map);
                break;
            case JsonArray list when type.MergeKey is { Length: > 0 } key:
                result[name] = MergeItems(type, key, result[name] as JsonArray ?? [], list);
                break;
            case JsonArray list when type.MergeKey is not null:
                var values = (result[name] as JsonArray ?? []).Concat(list).DistinctBy(value => value?.ToJsonString()).Select(value => value?.DeepClone()).ToArray();
                result[name] = new JsonArray(values);
                break;
            default:
                result[name] = change.DeepClone();
                break;
        }
    }

    private static JsonArray MergeItems(FieldType type, string key, JsonArray target, JsonArray changes)
    {
        if (changes.OfType<JsonObject>().Any(item => item.Text(Directive) == "replace"))
        {
            return new JsonArray([.. changes.OfType<JsonObject>().Where(item => item.Text(Directive) is null).Select(Plain)]);
        }

        List<JsonObject> items = [.. target.OfType<JsonObject>().Select(item => item.Copy())];
        foreach (var change in changes.OfType<JsonObject>())
        {
            var id = change[key] ?? throw Failures.BadRequest($"map: an item of the patch does not contain the declared merge key: {key}");
            var at = items.FindIndex(item => JsonNode.DeepEquals(item[key], id));
            if (change.Text(Directive) == "delete")
            {
                items.RemoveAll(item => JsonNode.DeepEquals(item[key], id));
            }
            else if (at >= 0)
            {
                items[at] = Apply(type.At(""), items[at], change);
            }
            else
            {
                items.Add(Plain(change));
            }
        }

        return new JsonArray([.. items]);
    }

    // What is new has no values that a null could remove, and keeps no directives.
    private static JsonObject Plain(JsonObject patch) => Apply(FieldType.Unknown, [], Without(patch));

    private static JsonObject Without(JsonObject patch)
    {
        var copy = patch.Copy();
        copy.Remove(Directive);
        return copy;
    }

    private static void RemoveValues(JsonObject result, string name, JsonNode? values)
    {
        if (result[name] is JsonArray list && values is JsonArray gone)
        {
            var kept = list.Where(one => !gone.Any(other => JsonNode.DeepEquals(one, other))).Select(one => one?.DeepClone()).ToArray();
            result[name] = new JsonArray(kept);
        }
    }

    private static void Sort(FieldType type, JsonObject result, string name, JsonArray order)
    {
        if (result[name] is not JsonArray list)
        {
            return;
        }

        JsonNode? IdOf(JsonNode? item) => type.MergeKey is { Length: > 0 } key ? item.At(key) : item;
        var wanted = order.Select(IdOf).ToList();
        var sorted = list
            .Select((item, index) => (item, index, place: wanted.FindIndex(id => JsonNode.DeepEquals(id, IdOf(item)))))
            .OrderBy(one => one.place < 0 ? int.MaxValue : one.place).ThenBy(one => one.index)
            .Select(one => one.item?.DeepClone())
            .ToArray();
        result[name] = new JsonArray(sorted);
    }
}
