using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>A set of fields of an object, as a tree: what one manager owns. Its JSON form is Kubernetes' FieldsV1.</summary>
internal sealed class FieldSet
{
    private const string Self = ".";

    /// <summary>The parts, by path element: <c>f:name</c> a field, <c>k:{…}</c> an item by its keys, <c>v:…</c> a value of a set.</summary>
    public SortedDictionary<string, FieldSet> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the field at this place is in the set itself, not only fields in it.</summary>
    public bool IsMember { get; set; }

    /// <summary>Whether nothing is in the set.</summary>
    public bool IsEmpty => !IsMember && Parts.Values.All(part => part.IsEmpty);

    /// <summary>A set of exactly one field.</summary>
    public static FieldSet Leaf() => new() { IsMember = true };

    /// <summary>Reads the JSON form.</summary>
    public static FieldSet Read(JsonObject? json)
    {
        var set = new FieldSet();
        foreach (var (element, part) in json ?? [])
        {
            if (element == Self)
            {
                set.IsMember = true;
                continue;
            }

            set.Parts[element] = part is JsonObject { Count: > 0 } inner ? Read(inner) : Leaf();
        }

        return set;
    }

    /// <summary>The JSON form.</summary>
    public JsonObject Write()
    {
        var json = new JsonObject();
        if (IsMember && Parts.Count > 0)
        {
            json[Self] = new JsonObject();
        }

        foreach (var (element, part) in Parts.Where(part => !part.Value.IsEmpty))
        {
            json[element] = part.Write();
        }

        return json;
    }

    /// <summary>The part at an element, made when it is absent.</summary>
    public FieldSet Ensure(string element)
    {
        if (!Parts.TryGetValue(element, out var part))
        {
            Parts[element] = part = new FieldSet();
        }

        return part;
    }

    /// <summary>Whether both have the same fields.</summary>
    public bool SameAs(FieldSet other) => JsonNode.DeepEquals(Write(), other.Write());

    /// <summary>The fields in this set or the other.</summary>
    public FieldSet Union(FieldSet other) => Combine(this, other, (left, right) => left || right);

    /// <summary>The fields in both sets.</summary>
    public FieldSet Intersect(FieldSet other) => Combine(this, other, (left, right) => left && right);

    /// <summary>The fields in this set and not in the other.</summary>
    public FieldSet Except(FieldSet other) => Combine(this, other, (left, right) => left && !right);

    /// <summary>The fields that are in the other set or lie below one of its leaves.</summary>
    public FieldSet Below(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember && other.IsMember };
        foreach (var (element, part) in Parts)
        {
            if (other.Parts.TryGetValue(element, out var match))
            {
                result.Parts[element] = match.Parts.Count == 0 && match.IsMember ? part : part.Below(match);
            }
        }

        return result;
    }

    /// <summary>The fields as paths that people read: <c>.spec.replicas</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (IsMember)
        {
            yield return prefix;
        }

        foreach (var (element, part) in Parts)
        {
            foreach (var path in part.Paths(prefix + Show(element)))
            {
                yield return path;
            }
        }
    }

    private static FieldSet Combine(FieldSet left, FieldSet right, Func<bool, bool, bool> isMember)
    {
        var result = new FieldSet { IsMember = isMember(left.IsMember, right.IsMember) };
        foreach (var element in left.Parts.Keys.Union(right.Parts.Keys))
        {
            var part = Combine(left.Parts.GetValueOrDefault(element) ?? new FieldSet(), right.Parts.GetValueOrDefault(element) ?? new FieldSet(), isMember);
            if (!part.IsEmpty)
            {
                result.Parts[element] = part;
            }
        }

        return result;
    }

    private static string Show(string element)
    {
        if (element.StartsWith("f:", StringComparison.Ordinal))
        {
            return "." + element[2..];
        }

        var text = element[2..];
        return JsonNode.Parse(text) is JsonObject keys ? $"[{string.Join(",", keys.Select(key => $"{key.Key}={key.Value?.ToJsonString()}"))}]" : $"[={text}]";
    }
}
