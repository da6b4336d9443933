using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>Checks that a body has the fields of its kind: wrong types are refused, unknown fields are taken out and named.</summary>
internal sealed class FieldCheck
{
    private readonly List<string> _unknown = [];

    /// <summary>Checks an object and takes its unknown fields out, in place.</summary>
    /// <returns>The paths of the unknown fields.</returns>
    /// <exception cref="StatusException">400: a field holds what it cannot hold.</exception>
    public static IReadOnlyList<string> Run(ObjectKind kind, JsonObject subject)
    {
        var check = new FieldCheck();
        check.Visit(FieldTypes.Of(kind), subject, "");
        return check._unknown;
    }

    private void Visit(FieldType type, JsonNode? node, string path)
    {
        if (node is null || type.Form == FieldForm.Any)
        {
            return;
        }

        if (!Fits(type.Form, node))
        {
            throw Failures.BadRequest($"the object is malformed: field \"{path}\" cannot hold {Describe(node)}");
        }

        switch (node)
        {
            case JsonObject map:
                VisitFields(type, map, path);
                break;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    Visit(type.At(""), list[index], $"{path}[{index}]");
                }

                break;
            default:
                break;
        }
    }

    private void VisitFields(FieldType type, JsonObject map, string path)
    {
        List<string>? dropped = null;
        foreach (var (name, value) in map)
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (type.Form == FieldForm.Structure && !type.Fields.ContainsKey(name))
            {
                (dropped ??= []).Add(name);
                _unknown.Add(here);
            }
            else if (value is null)
            {
                (dropped ??= []).Add(name); // null means absent
            }
            else
            {
                Visit(type.At(name), value, here);
            }
        }

        dropped?.ForEach(name => map.Remove(name));
    }

    private static bool Fits(FieldForm form, JsonNode node)
    {
        var kind = node.GetValueKind();
        return form switch
        {
            FieldForm.Text => kind == JsonValueKind.String,
            FieldForm.Whole => node.AsNumber() is not null,
            FieldForm.Number => kind == JsonValueKind.Number,
            FieldForm.Flag => kind is JsonValueKind.True or JsonValueKind.False,
            FieldForm.Quantity => kind is JsonValueKind.Number or JsonValueKind.String && Quantity.Parse(node.ToString()) is not null,
            FieldForm.WholeOrText => kind == JsonValueKind.String || node.AsNumber() is not null,
            FieldForm.List => kind == JsonValueKind.Array,
            FieldForm.Map or FieldForm.Structure => kind == JsonValueKind.Object,
            _ => true,
        };
    }

    // Never the value: it may be a secret.
    private static string Describe(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => "this text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "this number",
        _ => "true or false",
    };
}
