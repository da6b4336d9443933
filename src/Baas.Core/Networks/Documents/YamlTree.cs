using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Baas.Core.Networks.Documents;

/// <summary>Makes a tree of YAML text. Anchors, aliases and tags are refused: a small document could grow without bounds or mean more than it shows.</summary>
internal sealed class YamlTree(string text, List<Violation> duplicates, Dictionary<JsonNode, string> plainTexts)
{
    private readonly Parser _parser = new(new StringReader(text));

    /// <summary>Reads the one document of the text; null when it is empty.</summary>
    /// <exception cref="YamlException">The text is no such document.</exception>
    public JsonNode? Read()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Value("$", 1);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<StreamEnd>(out _) ? root : throw Refused("only one document is accepted");
    }

    private JsonNode? Value(string path, int depth)
    {
        if (depth > SpecDocument.MaxDepth)
        {
            throw Refused($"the document is nested deeper than {SpecDocument.MaxDepth}");
        }

        RefuseExtras();
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            return List(path, depth);
        }

        _parser.Consume<MappingStart>();
        return Mapping(path, depth);
    }

    private JsonArray List(string path, int depth)
    {
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(JsonPaths.Item(path, items.Count), depth + 1));
        }

        return items;
    }

    private JsonObject Mapping(string path, int depth)
    {
        var members = new JsonObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            RefuseExtras();
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw Refused("a property's name has to be a text");
            }

            var inner = JsonPaths.Property(path, key.Value);
            if (!members.TryAdd(key.Value, Value(inner, depth + 1)))
            {
                duplicates.Add(JsonPaths.Duplicate(inner));
            }
        }

        return members;
    }

    private JsonValue? Plain(string value)
    {
        var node = YamlScalars.Resolve(value);
        if (node is not null && !node.TryGetValue<string>(out _))
        {
            plainTexts[node] = value;
        }

        return node;
    }

    private void RefuseExtras()
    {
        var current = _parser.Current;
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Refused("anchors and aliases are not accepted");
        }

        if (current is NodeEvent { Tag.IsEmpty: false } node)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"tags such as {JsonPaths.Printable(node.Tag.ToString())} are not accepted"));
        }
    }

    private YamlException Refused(string message) =>
        _parser.Current is { } current ? new(current.Start, current.End, message) : new(message);
}
