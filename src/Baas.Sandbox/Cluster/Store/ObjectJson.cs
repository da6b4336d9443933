using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Objects as bytes.</summary>
internal static class ObjectJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Deeper than any object of a cluster, and not deep enough to exhaust a stack.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 64 };

    /// <summary>The object as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> json) => JsonNode.Parse(json, null, Bounded);
}
