using System.Security.Cryptography;
using System.Text.Json;

namespace Baas.Core.Archives;

/// <summary>Writes the list of files: one JSON object a line, cut into parts like a file.</summary>
internal sealed class IndexWriter(PartSender sender) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _parts = [];
    private readonly MemoryStream _buffer = new();
    private long _entries;
    private long _bytes;

    /// <summary>Adds a file or folder.</summary>
    public async Task AddAsync(VolumeEntry entry, CancellationToken cancellationToken)
    {
        _buffer.Write(JsonSerializer.SerializeToUtf8Bytes(entry, IndexReader.Form));
        _buffer.WriteByte((byte)'\n');
        _entries++;
        _bytes += entry.Size;
        if (_buffer.Length >= PartBox.MaxContent)
        {
            await CutAsync(cancellationToken);
        }
    }

    /// <summary>Ends the list and waits until all parts are stored.</summary>
    public async Task<VolumeRoot> FinishAsync(CancellationToken cancellationToken)
    {
        await CutAsync(cancellationToken);
        await sender.FinishAsync();
        return new VolumeRoot
        {
            Index = _parts,
            IndexHash = Convert.ToHexStringLower(_hash.GetHashAndReset()),
            Entries = _entries,
            Bytes = _bytes,
            SentParts = sender.SentParts,
            SentBytes = sender.SentBytes,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _buffer.Dispose();
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        var content = _buffer.ToArray();
        _hash.AppendData(content);
        for (var start = 0; start < content.Length; start += PartBox.MaxContent)
        {
            _parts.Add(await sender.SendAsync(content.AsMemory(start, Math.Min(PartBox.MaxContent, content.Length - start)), cancellationToken));
        }

        _buffer.SetLength(0);
    }
}
