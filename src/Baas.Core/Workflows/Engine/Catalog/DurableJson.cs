using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>How inputs, outputs and events are written into histories, by every engine.</summary>
internal static class DurableJson
{
    /// <summary>The largest payload in UTF-8 bytes. Histories hold references, not content.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The one set of options: changing it makes recorded histories unreadable.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a payload by its runtime type.</summary>
    /// <param name="value">The payload.</param>
    /// <param name="what">What it is, for the error: <c>input of step "ApplyPeer"</c>.</param>
    /// <exception cref="CatalogException">It is larger than <see cref="MaxBytes"/>.</exception>
    public static string Write(object? value, string what)
    {
        var json = value is null ? "null" : JsonSerializer.Serialize(value, value.GetType(), Options);
        var bytes = Encoding.UTF8.GetByteCount(json);
        return bytes <= MaxBytes
            ? json
            : throw new CatalogException(CatalogException.PayloadTooLarge, $"cannot record {what}: {bytes} bytes are more than the {MaxBytes} that a history takes; store the content and pass a reference");
    }

    /// <summary>Reads a payload.</summary>
    /// <exception cref="CatalogException">The JSON does not fit the type.</exception>
    public static T Read<T>(string json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)!; // a recorded null is a null of the type that wrote it
        }
        catch (JsonException mismatch)
        {
            throw new CatalogException(CatalogException.PayloadUnreadable, $"cannot read {what}: {mismatch.Message}", mismatch);
        }
    }

    /// <summary>Reads what may be of a version that nobody knows any more, or absent; null then.</summary>
    public static T? Find<T>(string? json, string what)
        where T : class
    {
        try
        {
            return json is null ? null : Read<T>(json, what);
        }
        catch (CatalogException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never embedded in HTML; keeps Unicode readable and small
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutSubject } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    /// <summary><see cref="IStepInput.Subject"/> is computed, so it is not part of the input; the attribute on the interface does not reach implementations.</summary>
    private static void LeaveOutSubject(JsonTypeInfo type)
    {
        if (!typeof(IStepInput).IsAssignableFrom(type.Type))
        {
            return;
        }

        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (type.Properties[index] is { Set: null, AttributeProvider: PropertyInfo { Name: nameof(IStepInput.Subject) } })
            {
                type.Properties.RemoveAt(index);
            }
        }
    }
}
