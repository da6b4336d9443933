using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>A list of values of one shape.</summary>
/// <param name="Item">The shape of its items.</param>
internal sealed record ListShape(Shape Item) : Shape
{
    /// <inheritdoc/>
    public override string Noun => "a list";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = Item.Schema() };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope) =>
        node is JsonArray items
            ? new JsonArray([.. items.Select((item, index) => Item.Read(item, JsonPaths.Item(path, index), scope))])
            : scope.WrongType(path, this, node);
}
