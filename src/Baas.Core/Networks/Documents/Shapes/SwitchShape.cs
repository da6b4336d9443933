using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>True or false.</summary>
internal sealed record SwitchShape : Shape
{
    /// <inheritdoc/>
    public override string Noun => "true or false";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope) =>
        node is JsonValue value && value.TryGetValue<bool>(out var on) ? JsonValue.Create(on) : scope.WrongType(path, this, node);
}
