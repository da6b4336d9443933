using System.Text.Json;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// Payloads as JSON elements: whatever options the engine's own serializer has, it copies an element as it is, while a string would be encoded twice.
/// </summary>
internal static class DurablePayload
{
    /// <summary>The value null; an optional element that holds it is read back as absent.</summary>
    public static JsonElement Null { get; } = Parse("null");

    /// <summary>What an event carries that says all by its name: not null, which serializers treat in ways of their own.</summary>
    public static JsonElement Signal { get; } = Parse("true");

    /// <summary>JSON text as an element.</summary>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Writes a payload by its runtime type.</summary>
    /// <exception cref="CatalogException">It is too large (<c>payload-too-large</c>).</exception>
    public static JsonElement Write(object? value, string what) => Parse(DurableJson.Write(value, what));

    /// <summary>Reads a payload.</summary>
    /// <exception cref="CatalogException">The JSON does not fit the type (<c>payload-unreadable</c>).</exception>
    public static T Read<T>(JsonElement payload, string what) => DurableJson.Read<T>(payload.GetRawText(), what);
}
