using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>Writes a name as its text and refuses a text that is no such name.</summary>
/// <typeparam name="TName">The name's type.</typeparam>
public sealed class NameJsonConverter<TName> : JsonConverter<TName>
    where TName : struct, IName<TName>
{
    /// <inheritdoc/>
    public override TName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override TName ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TName value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    private static TName Parse(string? text) =>
        TName.Rule.Accepts(text) ? TName.FromValid(text) : throw new JsonException(TName.Rule.Describe(text));
}
