using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baas.Core.Archives;

/// <summary>Reads the list of files, a part in memory at a time.</summary>
internal static class IndexReader
{
    /// <summary>How lines are written.</summary>
    public static JsonSerializerOptions Form { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The entries in their order; throws at the end when the list was not whole.</summary>
    /// <exception cref="ArchiveException">A part is missing or damaged, or the list is not the one that the root names.</exception>
    public static async IAsyncEnumerable<VolumeEntry> ReadAsync(
        VolumeKeys keys, IArchiveParts parts, VolumeRoot root, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (entries, bytes, rest) = (0L, 0L, Array.Empty<byte>());
        foreach (var name in root.Index)
        {
            var content = await OpenAsync(keys, parts, name, cancellationToken);
            hash.AppendData(content);
            byte[] text = [.. rest, .. content];
            var start = 0;
            for (var end = Array.IndexOf(text, (byte)'\n'); end >= 0; end = Array.IndexOf(text, (byte)'\n', start))
            {
                var entry = Parse(name, text.AsSpan(start..end));
                (entries, bytes, start) = (entries + 1, bytes + entry.Size, end + 1);
                yield return entry;
            }

            rest = text[start..];
        }

        if (rest.Length > 0 || entries != root.Entries || bytes != root.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != root.IndexHash)
        {
            throw new ArchiveException(ArchiveException.Truncated, $"cannot read the list of files: it has {entries} entries with {bytes} bytes, and not the {root.Entries} with {root.Bytes} that were stored");
        }
    }

    /// <summary>A part that is named by its content.</summary>
    /// <exception cref="ArchiveException">It is missing or damaged.</exception>
    public static async Task<byte[]> OpenAsync(VolumeKeys keys, IArchiveParts parts, string name, CancellationToken cancellationToken) =>
        PartBox.OpenNamed(keys, name, await parts.GetAsync(PartNames.Chunk(name), cancellationToken) ?? throw ArchiveException.Missing(name));

    private static VolumeEntry Parse(string part, ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<VolumeEntry>(line, Form) is { } entry && entry.IsSafe
                ? entry
                : throw ArchiveException.Damaged(part, "it names a path that leads out of the volume");
        }
        catch (JsonException failure)
        {
            throw ArchiveException.Damaged(part, "it is no list of files", failure);
        }
    }
}
