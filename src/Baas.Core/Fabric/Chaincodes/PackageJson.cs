using System.Text.Json;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Reads the small JSON files of a package.</summary>
internal static class PackageJson
{
    /// <summary>The object that a file holds.</summary>
    /// <exception cref="ChaincodePackageException">It holds none.</exception>
    public static JsonElement Object(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ChaincodePackageException($"{file} holds no JSON object");
        }
        catch (JsonException failure)
        {
            throw new ChaincodePackageException($"{file} is no JSON", failure);
        }
    }

    /// <summary>A text of an object; empty when absent or not a text.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";
}
