using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Names the content of a pod template.</summary>
internal static class TemplateHash
{
    /// <summary>Ten characters that differ when the template differs; the order of its fields does not matter.</summary>
    public static string Of(JsonNode? template)
    {
        var text = new StringBuilder();
        Write(template, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..10];
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        if (node is JsonObject map)
        {
            text.Append('{');
            foreach (var (name, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append(name).Append(':');
                Write(value, text);
                text.Append(',');
            }

            text.Append('}');
        }
        else if (node is JsonArray list)
        {
            text.Append('[');
            foreach (var item in list)
            {
                Write(item, text);
                text.Append(',');
            }

            text.Append(']');
        }
        else
        {
            text.Append(node?.ToJsonString() ?? "null");
        }
    }
}
