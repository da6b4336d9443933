using System.Text.Json;

namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>What a recorded output tells people of a look. Engines show it; workflows never see it.</summary>
internal static class RecordedLook
{
    /// <summary>What was there instead of the awaited condition; null when the condition held, and for outputs that are no <see cref="Observation"/>.</summary>
    /// <param name="output">A step's output as JSON; null while there is none.</param>
    public static string? UnmetIn(string? output)
    {
        // Most outputs are no looks, and a status is read after every change.
        if (output is null || !output.Contains("\"holds\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var document = JsonDocument.Parse(output);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("holds", out var holds) && holds.ValueKind == JsonValueKind.False
            && document.RootElement.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
            ? detail.GetString()
            : null;
    }
}
