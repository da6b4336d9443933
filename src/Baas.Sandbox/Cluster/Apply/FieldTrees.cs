using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>Objects as trees of fields that several managers share: which fields there are, which differ, and how trees are merged and cut.</summary>
internal static class FieldTrees
{
    /// <summary>The fields of a tree.</summary>
    public static FieldSet FieldsOf(FieldType type, JsonNode? node)
    {
        var parts = PartsOf(type, node);
        if (parts is null || parts.Count == 0)
        {
            return FieldSet.Leaf();
        }

        var set = new FieldSet();
        foreach (var (element, (partType, part)) in parts)
        {
            var inner = FieldsOf(partType, part);
            inner.IsMember |= type.Form == FieldForm.List;
            set.Parts[element] = inner;
        }

        return set;
    }

    /// <summary>Which fields of <paramref name="after"/> are new or other than before, and which are gone.</summary>
    public static (FieldSet Changed, FieldSet Removed) Compare(FieldType type, JsonNode? before, JsonNode? after)
    {
        var (changed, removed) = (new FieldSet(), new FieldSet());
        Compare(type, before, after, changed, removed);
        return (changed, removed);
    }

    /// <summary>The tree that has what both have; where both have a value, the applied one counts.</summary>
    public static JsonNode? Merge(FieldType type, JsonNode? live, JsonNode? applied)
    {
        if (live is null || applied is null || !type.IsShared || live.GetValueKind() != applied.GetValueKind())
        {
            return applied?.DeepClone();
        }

        if (live is JsonObject liveMap && applied is JsonObject appliedMap)
        {
            var merged = liveMap.Copy();
            foreach (var (name, value) in appliedMap)
            {
                merged[name] = merged.Has(name, out var old) ? Merge(type.At(name), old, value) : value?.DeepClone();
            }

            return merged;
        }

        return MergeLists(type, live, applied);
    }

    /// <summary>Takes fields out of a tree, in place.</summary>
    public static void Cut(FieldType type, JsonNode? node, FieldSet fields)
    {
        if (PartsOf(type, node) is not { } parts)
        {
            return;
        }

        foreach (var (element, part) in fields.Parts)
        {
            if (!parts.TryGetValue(element, out var found))
            {
                continue;
            }

            if (!part.IsMember)
            {
                Cut(found.Type, found.Node, part);
            }

            if (part.IsMember || found.Node is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                Remove(node!, element, found.Node); // it has parts, so it is there
            }
        }
    }

    private static void Compare(FieldType type, JsonNode? before, JsonNode? after, FieldSet changed, FieldSet removed)
    {
        var (old, next) = (PartsOf(type, before), PartsOf(type, after));
        if (old is null || next is null || (old.Count == 0 && next.Count == 0))
        {
            changed.IsMember |= !JsonNode.DeepEquals(before, after);
            return;
        }

        foreach (var (element, (partType, part)) in next)
        {
            if (!old.TryGetValue(element, out var match))
            {
                changed.Parts[element] = Whole(type, FieldsOf(partType, part));
                continue;
            }

            var (inner, gone) = Compare(partType, match.Node, part);
            Keep(changed, element, inner);
            Keep(removed, element, gone);
        }

        foreach (var (element, (partType, part)) in old)
        {
            if (!next.ContainsKey(element))
            {
                removed.Parts[element] = Whole(type, FieldsOf(partType, part));
            }
        }
    }

    private static FieldSet Whole(FieldType type, FieldSet fields)
    {
        fields.IsMember |= type.Form == FieldForm.List;
        return fields;
    }

    private static void Keep(FieldSet set, string element, FieldSet part)
    {
        if (!part.IsEmpty)
        {
            set.Parts[element] = part;
        }
    }

    private static JsonArray MergeLists(FieldType type, JsonNode live, JsonNode applied)
    {
        var (old, next) = (PartsOf(type, live) ?? [], PartsOf(type, applied) ?? []);
        var merged = new JsonArray();
        foreach (var (element, (partType, part)) in old)
        {
            merged.Add(next.TryGetValue(element, out var match) ? Merge(partType, part, match.Node) : part?.DeepClone());
        }

        foreach (var (element, part) in next)
        {
            if (!old.ContainsKey(element))
            {
                merged.Add(part.Node?.DeepClone());
            }
        }

        return merged;
    }

    private static void Remove(JsonNode node, string element, JsonNode? part)
    {
        if (node is JsonObject map)
        {
            map.Remove(element[2..]);
        }
        else
        {
            node.AsArray().Remove(part);
        }
    }

    // The parts by path element, in order; null for what is owned as a whole.
    private static Dictionary<string, (FieldType Type, JsonNode? Node)>? PartsOf(FieldType type, JsonNode? node)
    {
        if (!type.IsShared)
        {
            return null;
        }

        var parts = new Dictionary<string, (FieldType, JsonNode?)>(StringComparer.Ordinal);
        switch (node)
        {
            case JsonObject map when type.Form != FieldForm.List:
                foreach (var (name, value) in map)
                {
                    parts["f:" + name] = (type.At(name), value);
                }

                return parts;
            case JsonArray list when type.Form == FieldForm.List:
                foreach (var item in list)
                {
                    parts[type.IsSet ? "v:" + item?.ToJsonString() : KeyOf(type, item)] = (type.At(""), item);
                }

                return parts;
            default:
                return null;
        }
    }

    private static string KeyOf(FieldType type, JsonNode? item)
    {
        var keys = new JsonObject();
        foreach (var key in type.Keys.Order(StringComparer.Ordinal))
        {
            // The one key that has a default value.
            keys[key] = item.At(key)?.DeepClone() ?? (key == "protocol" ? "TCP" : null);
        }

        return "k:" + keys.ToJsonString(RelaxedJson.Options);
    }
}
