using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents.Shapes;

/// <summary>An object with known properties and no others.</summary>
/// <param name="Properties">The properties in the order of the record.</param>
internal sealed record ObjectShape(IReadOnlyList<ShapeProperty> Properties) : Shape
{
    /// <inheritdoc/>
    public override string Noun => "an object";

    /// <summary>The shape of a record; defaults are those of <paramref name="sample"/>, so that they stand in the record alone.</summary>
    public static ObjectShape Of<T>(T sample, params ReadOnlySpan<ShapeProperty> properties)
    {
        var defaults = JsonSerializer.SerializeToNode(sample, NetworkJson.Options);
        return new([.. properties.ToArray().Select(property => property.WithDefault(defaults?[property.Name]))]);
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. Properties.Where(property => property.IsRequired).Select(property => JsonValue.Create(property.Name))]),
        ["properties"] = new JsonObject(Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, property.Schema()))),
    };

    /// <inheritdoc/>
    protected override JsonNode? ReadPresent(JsonNode node, string path, ReadScope scope)
    {
        if (node is not JsonObject members)
        {
            return scope.WrongType(path, this, node);
        }

        var copy = new JsonObject();
        foreach (var (name, value) in members)
        {
            ReadMember(copy, name, value, path, scope);
        }

        foreach (var property in Properties.Where(property => property.IsRequired && !members.ContainsKey(property.Name)))
        {
            scope.Report(JsonPaths.Property(path, property.Name), "missing-property", $"the property is missing: {property.Description}");
        }

        return copy;
    }

    private void ReadMember(JsonObject copy, string name, JsonNode? value, string path, ReadScope scope)
    {
        var inner = JsonPaths.Property(path, name);
        var property = Properties.FirstOrDefault(property => property.Name == name);
        if (property is null)
        {
            scope.Report(inner, "unknown-property", $"there is no such property; known are {string.Join(", ", Properties.Select(known => known.Name))}");
        }
        else if (value is not null || !property.IsNullable)
        {
            copy[name] = property.Shape.Read(value, inner, scope);
        }
    }
}
