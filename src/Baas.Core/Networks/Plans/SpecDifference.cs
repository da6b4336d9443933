using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Plans;

/// <summary>One place where two JSON trees differ.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Before">The first tree's value there; null for none.</param>
/// <param name="After">The second tree's value there; null for none.</param>
internal sealed record SpecDifference(string Path, JsonNode? Before, JsonNode? After)
{
    /// <summary>Every difference; arrays are compared as wholes.</summary>
    public static IEnumerable<SpecDifference> Between(string path, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject left && after is JsonObject right)
        {
            var keys = left.Select(property => property.Key).Union(right.Select(property => property.Key));
            return keys.SelectMany(key => Between($"{path}.{key}", left[key], right[key]));
        }

        return JsonNode.DeepEquals(before, after) ? [] : [new(path, before, after)];
    }
}
