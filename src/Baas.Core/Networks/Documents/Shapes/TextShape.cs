using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>A text of a certain form.</summary>
/// <param name="Rule">The form.</param>
/// <param name="Code">The violation's code for another form.</param>
/// <param name="MayBeEmpty">Whether no text at all will do, too.</param>
internal sealed record TextShape(NameRule Rule, string Code, bool MayBeEmpty = false) : Shape
{
    /// <inheritdoc/>
    public override string Noun => $"a text ({Rule.Kind})";

    /// <summary>A name of its own type.</summary>
    public static TextShape Name<TName>()
        where TName : struct, IName<TName> =>
        new(TName.Rule, "malformed-name");

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["pattern"] = MayBeEmpty ? $"^(?:{Rule.Pattern})?$" : $"^(?:{Rule.Pattern})$",
        ["maxLength"] = Rule.MaxLength,
    };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope)
    {
        if (scope.TextOf(node) is not { } text)
        {
            return scope.WrongType(path, this, node);
        }

        return Rule.Accepts(text) || (MayBeEmpty && text.Length == 0) ? JsonValue.Create(text) : scope.Report(path, Code, Rule.Describe(JsonPaths.Printable(text)));
    }
}
