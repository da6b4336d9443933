using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>
/// What one place of a document may hold. The same shapes read documents and make the published schema, so that the two cannot differ.
/// A closed set of data types, hence the inheritance.
/// </summary>
internal abstract record Shape
{
    /// <summary>What it is called in messages, such as <c>a whole number</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>The shape as JSON Schema.</summary>
    public abstract JsonObject Schema();

    /// <summary>Checks a value that is not null and copies it; what does not fit is reported to the scope.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="scope">The reading.</param>
    protected abstract JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope);

    /// <summary>Checks a value and copies it; what does not fit is reported to the scope.</summary>
    public JsonNode? Read(JsonNode? node, string path, ReadScope scope) =>
        node is null ? scope.WrongType(path, this, null) : ReadPresent(node, path, scope);
}
