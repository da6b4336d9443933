using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baas.Core.Tests.Networks;

/// <summary>A reader of JSON Schema that knows the keywords of the published schema, and refuses others.</summary>
internal static class JsonSchemaCheck
{
    private static readonly string[] Known =
        ["$schema", "title", "description", "default", "type", "additionalProperties", "required", "properties", "items", "enum", "pattern", "maxLength", "minimum", "maximum"];

    /// <summary>What does not match, as path and keyword.</summary>
    public static IEnumerable<string> Of(JsonObject schema, JsonNode? node, string path = "$")
    {
        Assert.All(schema, keyword => Assert.Contains(keyword.Key, Known));
        var types = schema["type"] is JsonArray several ? [.. several.Select(type => (string?)type)] : new[] { (string?)schema["type"] };
        if (!types.Contains(TypeOf(node)))
        {
            return [$"{path} type"];
        }

        return node switch
        {
            JsonObject members => OfObject(schema, members, path),
            JsonArray items => items.SelectMany((item, index) => Of(schema["items"]!.AsObject(), item, $"{path}[{index}]")),
            JsonValue value => OfValue(schema, value, path),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonObject schema, JsonObject members, string path)
    {
        var properties = schema["properties"]!.AsObject();
        Assert.False((bool?)schema["additionalProperties"]);
        var missing = schema["required"]!.AsArray().Where(name => !members.ContainsKey((string)name!)).Select(name => $"{path}.{name} required");
        var present = members.SelectMany(member => properties[member.Key] is JsonObject property ? Of(property, member.Value, $"{path}.{member.Key}") : [$"{path}.{member.Key} additionalProperties"]);
        return missing.Concat(present);
    }

    private static IEnumerable<string> OfValue(JsonObject schema, JsonValue value, string path)
    {
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            yield return $"{path} enum";
        }

        if (schema["pattern"] is { } pattern && (!Regex.IsMatch((string)value!, (string)pattern!) || ((string)value!).Length > (int)schema["maxLength"]!))
        {
            yield return $"{path} pattern";
        }

        if (schema["minimum"] is { } minimum && ((long)value < (long)minimum || (long)value > (long)schema["maximum"]!))
        {
            yield return $"{path} range";
        }
    }

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        _ => "boolean",
    };
}
