using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents;

/// <summary>Makes a tree of JSON text and reports every duplicate property, which the platform's own parser cannot.</summary>
internal static class JsonTree
{
    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonException">The text is no JSON, or deeper than <see cref="SpecDocument.MaxDepth"/>.</exception>
    public static JsonNode? Of(string text, List<Violation> duplicates)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = SpecDocument.MaxDepth });
        reader.Read();
        var root = Value(ref reader, "$", duplicates);
        reader.Read(); // throws when anything follows
        return root;
    }

    private static JsonNode? Value(ref Utf8JsonReader reader, string path, List<Violation> duplicates) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, path, duplicates),
        JsonTokenType.StartArray => List(ref reader, path, duplicates),
        JsonTokenType.String => JsonValue.Create(Text(ref reader)),
        JsonTokenType.Number => reader.TryGetInt64(out var number) ? JsonValue.Create(number) : JsonValue.Create(reader.GetDouble()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        _ => null,
    };

    private static JsonObject Object(ref Utf8JsonReader reader, string path, List<Violation> duplicates)
    {
        var members = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            var inner = JsonPaths.Property(path, name);
            reader.Read();
            var value = Value(ref reader, inner, duplicates);
            if (!members.TryAdd(name, value))
            {
                duplicates.Add(JsonPaths.Duplicate(inner));
            }
        }

        return members;
    }

    private static JsonArray List(ref Utf8JsonReader reader, string path, List<Violation> duplicates)
    {
        var items = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, JsonPaths.Item(path, items.Count), duplicates));
        }

        return items;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!; // only called for texts and property names
        }
        catch (InvalidOperationException failure)
        {
            // An escape of half a surrogate pair is accepted by the reader and refused only here.
            throw new JsonException(failure.Message, failure);
        }
    }
}
