using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>One reading of one document: collects what is wrong with it.</summary>
internal sealed class ReadScope(SpecDocument? document)
{
    /// <summary>An answer with more violations than this helps nobody; the last one says that there are more.</summary>
    public const int MaxViolations = 200;

    private readonly List<Violation> _violations = [];

    /// <summary>What was found, in the order of the document.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Notes a violation; null, to be returned in the place of the value.</summary>
    public JsonNode? Report(string path, string code, string message)
    {
        if (_violations.Count < MaxViolations)
        {
            _violations.Add(new(path, code, message));
        }
        else if (_violations.Count == MaxViolations)
        {
            _violations.Add(new("$", "too-many-violations", $"there are more than {MaxViolations} violations; the rest is not shown"));
        }

        return null;
    }

    /// <summary>Notes that a value has another type than its place wants.</summary>
    public JsonNode? WrongType(string path, Shape expected, JsonNode? found) =>
        Report(path, "wrong-type", $"expected {expected.Noun}, found {Describe(found)}");

    /// <summary>The text of a value: its own, or what was written where YAML sees a number or a boolean.</summary>
    public string? TextOf(JsonNode node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ when document?.TryGetPlainText(node, out var plain) == true => plain,
        _ => null,
    };

    private static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => node.AsValue().TryGetValue<long>(out _) ? "a whole number" : "a number",
        _ => "true or false",
    };
}
