using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baas.Core.Storage;

/// <summary>How records are written to and read from blobs.</summary>
internal static class StorageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The record's bytes.</summary>
    public static byte[] Write<TRecord>(TRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Options);

    /// <summary>The record that the bytes hold.</summary>
    /// <exception cref="StorageException">They hold no such record.</exception>
    public static TRecord Read<TRecord>(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<TRecord>(content, Options) ?? throw Damaged(name, null);
        }
        catch (JsonException failure)
        {
            // The parser's message may quote the content, which may be a secret: only its place is told.
            throw Damaged(name, new JsonException($"at {failure.Path}, line {failure.LineNumber}"));
        }
    }

    private static StorageException Damaged(string name, JsonException? cause) =>
        new("blob-damaged", $"cannot read blob \"{name}\": it holds no record of the expected form", cause);
}
