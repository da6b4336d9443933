using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>A whole number within bounds.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
internal sealed record WholeNumberShape(long Min, long Max) : Shape
{
    /// <inheritdoc/>
    public override string Noun => "a whole number";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = Min, ["maximum"] = Max };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope)
    {
        if (node is not JsonValue value || !value.TryGetValue<long>(out var number))
        {
            return scope.WrongType(path, this, node);
        }

        return number >= Min && number <= Max
            ? JsonValue.Create(number)
            : scope.Report(path, "out-of-range", $"{number} is not between {Min} and {Max}");
    }
}
