using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>A property of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
/// <param name="IsDerived">Whether its default comes from elsewhere in the document.</param>
/// <param name="Default">Its default; null for none.</param>
/// <param name="Description">What it means, in one sentence.</param>
internal sealed record ShapeProperty(string Name, Shape Shape, bool IsRequired, bool IsDerived, JsonNode? Default, string Description)
{
    /// <summary>Whether null means the same as leaving it out.</summary>
    public bool IsNullable => !IsRequired && Default is null;

    /// <summary>A property that has to be there.</summary>
    public static ShapeProperty Required(string name, Shape shape, string description) => new(name, shape, true, false, null, description);

    /// <summary>A property with the record's default, or one that may be absent.</summary>
    public static ShapeProperty Optional(string name, Shape shape, string description) => new(name, shape, false, false, null, description);

    /// <summary>A property whose default comes from elsewhere in the document.</summary>
    public static ShapeProperty Derived(string name, Shape shape, string description) => new(name, shape, false, true, null, description);

    /// <summary>The same with its default, where it takes one.</summary>
    public ShapeProperty WithDefault(JsonNode? value) => IsRequired || IsDerived ? this : this with { Default = value };

    /// <summary>The property as JSON Schema.</summary>
    public JsonObject Schema()
    {
        var schema = Shape.Schema();
        schema.Insert(0, "description", Description);
        if (Default is JsonValue or JsonArray)
        {
            schema["default"] = Default.DeepClone();
        }

        if (IsNullable)
        {
            schema["type"] = new JsonArray(schema["type"]?.DeepClone(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
        }

        return schema;
    }
}
