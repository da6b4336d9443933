using System.Text.Json.Serialization;

namespace Baas.Core.Archives;

/// <summary>A file or folder of a volume; a line of the list of files.</summary>
internal sealed record VolumeEntry
{
    /// <summary>Its path from the volume's root, with forward slashes.</summary>
    [JsonPropertyName("p")]
    public required string Path { get; init; }

    /// <summary>Its mode as Unix has it; 0 where the system has none.</summary>
    [JsonPropertyName("m")]
    public int Mode { get; init; }

    /// <summary>A file's length in bytes.</summary>
    [JsonPropertyName("s")]
    public long Size { get; init; }

    /// <summary>A file's parts in order; null for a folder.</summary>
    [JsonPropertyName("c")]
    public IReadOnlyList<string>? Chunks { get; init; }

    /// <summary>Whether this path stays below the root and is none of the archive's own.</summary>
    [JsonIgnore]
    public bool IsSafe =>
        Path.Length > 0 && !Path.Contains('\\', StringComparison.Ordinal) && !Path.Contains('\0', StringComparison.Ordinal)
        && Path.Split('/') is var segments && segments.All(segment => segment is not ("" or "." or "..")) && !VolumeFolders.IsOwn(segments[0]);
}
