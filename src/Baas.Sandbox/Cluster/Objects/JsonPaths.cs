using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>Reads fields of objects whose shape is not sure. What is absent, null or of another type counts as absent.</summary>
internal static class JsonPaths
{
    extension(JsonNode? node)
    {
        /// <summary>The node at the end of a path of field names; null when it is absent.</summary>
        public JsonNode? At(params ReadOnlySpan<string> path)
        {
            var here = node;
            foreach (var name in path)
            {
                here = (here as JsonObject)?[name];
            }

            return here;
        }

        /// <summary>The text at the end of a path; null when it is absent.</summary>
        public string? Text(params ReadOnlySpan<string> path) => node.At(path).AsText();

        /// <summary>The whole number at the end of a path; null when it is absent.</summary>
        public long? Number(params ReadOnlySpan<string> path) => node.At(path).AsNumber();

        /// <summary>Whether true stands at the end of a path.</summary>
        public bool Flag(params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

        /// <summary>The object at the end of a path; null when it is absent.</summary>
        public JsonObject? Object(params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

        /// <summary>The objects of the list at the end of a path; empty when it is absent.</summary>
        public IEnumerable<JsonObject> Objects(params ReadOnlySpan<string> path) => node.At(path) is JsonArray list ? list.OfType<JsonObject>() : [];

        /// <summary>The texts of the list at the end of a path; empty when it is absent.</summary>
        public IEnumerable<string> Texts(params ReadOnlySpan<string> path) => node.At(path) is JsonArray list ? list.Select(AsText).OfType<string>() : [];

        /// <summary>The node as a text; null when it is none.</summary>
        public string? AsText() => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

        /// <summary>The node as a whole number; null when it is none.</summary>
        public long? AsNumber()
        {
            if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            {
                return null;
            }

            return value.TryGetValue<long>(out var number) ? number
                : value.TryGetValue<int>(out var small) ? small
                : value.TryGetValue<double>(out var real) && real == Math.Floor(real) ? (long)real
                : null;
        }
    }

    extension(JsonObject node)
    {
        /// <summary>The object of that name, made when it is absent. Only for objects that one may modify.</summary>
        public JsonObject Ensure(string name)
        {
            if (node[name] is not JsonObject found)
            {
                node[name] = found = [];
            }

            return found;
        }

        /// <summary>Whether the field is there and not null.</summary>
        public bool Has(string name, [NotNullWhen(true)] out JsonNode? value) => node.TryGetPropertyValue(name, out value) && value is not null;

        /// <summary>Sets the field when it is absent. Only for objects that one may modify.</summary>
        public void Default(string name, JsonNode value)
        {
            if (!node.Has(name, out _))
            {
                node[name] = value;
            }
        }

        /// <summary>A deep copy of an object.</summary>
        public JsonObject Copy() => (JsonObject)node.DeepClone();
    }
}
