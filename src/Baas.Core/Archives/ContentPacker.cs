namespace Baas.Core.Archives;

/// <summary>Packs contents that are in memory, such as keys and blocks, into the same kind of archive as a folder.</summary>
public sealed class ContentPacker : IDisposable
{
    private readonly PartSender _sender;
    private readonly IndexWriter _index;

    /// <summary>Begins an archive.</summary>
    public ContentPacker(VolumeKeys keys, IArchiveParts parts)
    {
        _sender = new PartSender(keys, parts, [], 1);
        _index = new IndexWriter(_sender);
    }

    /// <summary>Adds a content.</summary>
    /// <param name="path">Its path in the archive.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        List<string> chunks = [];
        for (var start = 0; start < content.Length; start += PartBox.MaxContent)
        {
            chunks.Add(await _sender.SendAsync(content.Slice(start, Math.Min(PartBox.MaxContent, content.Length - start)), cancellationToken));
        }

        await _index.AddAsync(new VolumeEntry { Path = path, Size = content.Length, Chunks = chunks }, cancellationToken);
    }

    /// <summary>Ends the archive; all of it is stored then.</summary>
    public Task<VolumeRoot> FinishAsync(CancellationToken cancellationToken) => _index.FinishAsync(cancellationToken);

    /// <summary>Reads all contents.</summary>
    /// <exception cref="ArchiveException">A part is missing or damaged.</exception>
    public static async Task<IReadOnlyList<(string Path, byte[] Content)>> ReadAsync(VolumeKeys keys, IArchiveParts parts, VolumeRoot root, CancellationToken cancellationToken)
    {
        List<(string, byte[])> contents = [];
        await foreach (var entry in IndexReader.ReadAsync(keys, parts, root, cancellationToken))
        {
            using var content = new MemoryStream();
            foreach (var name in entry.Chunks ?? [])
            {
                content.Write(await IndexReader.OpenAsync(keys, parts, name, cancellationToken));
            }

            contents.Add((entry.Path, content.ToArray()));
        }

        return contents;
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
