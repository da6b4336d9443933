using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Selectors as they stand inside objects.</summary>
internal static class LabelMatch
{
    /// <summary>Whether the labels satisfy a plain map, as in a Service. An empty map selects nothing.</summary>
    public static bool Selects(JsonObject? selector, JsonObject? labels) =>
        selector is { Count: > 0 } && HasAll(selector, labels);

    /// <summary>Whether the labels satisfy matchLabels and matchExpressions. An empty selector selects everything, an absent one nothing.</summary>
    public static bool Matches(JsonObject? selector, JsonObject? labels) =>
        selector is not null
        && HasAll(selector.Object("matchLabels"), labels)
        && selector.Objects("matchExpressions").All(expression => Holds(expression, labels));

    private static bool HasAll(JsonObject? wanted, JsonObject? labels) =>
        wanted is null || wanted.All(pair => labels.Text(pair.Key) is { } value && value == pair.Value.AsText());

    private static bool Holds(JsonObject expression, JsonObject? labels)
    {
        var value = labels.Text(expression.Text("key") ?? "");
        return expression.Text("operator") switch
        {
            "In" => value is not null && expression.Texts("values").Contains(value),
            "NotIn" => value is null || !expression.Texts("values").Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
