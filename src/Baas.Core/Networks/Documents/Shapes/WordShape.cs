using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>One of a few words.</summary>
/// <param name="Words">The words.</param>
internal sealed record WordShape(IReadOnlyList<string> Words) : Shape
{
    /// <inheritdoc/>
    public override string Noun => $"one of {string.Join(", ", Words)}";

    /// <summary>The words of an enumeration, as JSON has them.</summary>
    public static WordShape Of<TEnum>()
        where TEnum : struct, Enum =>
        new([.. Enum.GetValues<TEnum>().Select(value => JsonSerializer.SerializeToNode(value, NetworkJson.Options)!.GetValue<string>())]); // never null for a value

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]),
    };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope)
    {
        if (scope.TextOf(node) is not { } text)
        {
            return scope.WrongType(path, this, node);
        }

        return Words.Contains(text) ? JsonValue.Create(text) : scope.Report(path, "unknown-value", $"expected {Noun}, found \"{JsonPaths.Printable(text)}\"");
    }
}
