using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Health;

/// <summary>Compares an object with what Baas applied: only the fields that Baas owns. Pure.</summary>
/// <remarks>
/// What others add (defaults, sidecar annotations, ports that a load balancer chose) is theirs. Amounts are compared by value, since the cluster
/// writes them in its own way. Claim templates are left out: nobody can change them once they are there.
/// </remarks>
internal static class ObjectDrift
{
    private const int MaxText = 60;

    private static readonly string[] Fixed = ["volumeClaimTemplates"];

    /// <summary>The first field that differs, with both values; null when none does.</summary>
    public static string? Find(JsonObject wanted, JsonObject live) => Of(wanted, live, "");

    private static string? Of(JsonNode? wanted, JsonNode? live, string path) => wanted switch
    {
        JsonObject fields => OfObject(fields, live as JsonObject, path),
        JsonArray items => OfArray(items, live as JsonArray, path),
        _ => Same(wanted, live) ? null : $"{path} is {Show(live)}, not {Show(wanted)}",
    };

    private static string? OfObject(JsonObject wanted, JsonObject? live, string path)
    {
        foreach (var (name, value) in wanted)
        {
            if (Fixed.Contains(name))
            {
                continue;
            }

            var difference = Of(value, live?[name], path.Length == 0 ? name : $"{path}.{name}");
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? OfArray(JsonArray wanted, JsonArray? live, string path)
    {
        for (var index = 0; index < wanted.Count; index++)
        {
            var name = NameOf(wanted[index]);
            var other = name is null ? live?.ElementAtOrDefault(index) : live?.FirstOrDefault(item => NameOf(item) == name);
            var difference = Of(wanted[index], other, $"{path}[{name ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]");
            if (difference is not null)
            {
                return difference;
            }
        }

        // Lists of things with names are merged by them, others are whole.
        return live?.Count > wanted.Count && wanted.All(item => NameOf(item) is null) ? $"{path} has {live.Count} items, not {wanted.Count}" : null;
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject named && named["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;

    private static bool Same(JsonNode? wanted, JsonNode? live)
    {
        if (wanted is null || live is null)
        {
            return IsNothing(wanted) && IsNothing(live);
        }

        var (one, other) = (wanted.ToString(), live.ToString());
        return one == other || (Quantity.Rule.Accepts(one) && Quantity.Rule.Accepts(other) && Quantity.ValueOf(one) == Quantity.ValueOf(other));
    }

    // Servers leave out empty texts.
    private static bool IsNothing(JsonNode? node) => node is null || node.ToString() is "" or "false";

    private static string Show(JsonNode? node)
    {
        var text = node is null ? "absent" : node.ToJsonString();
        return text.Length <= MaxText ? text : $"{text[..MaxText]}…";
    }
}
