using System.Collections.Concurrent;

namespace Baas.Core.Storage;

/// <summary>A store that reads each blob once and gives it again: for a look that ends soon, and sees one moment. It is not for writers.</summary>
/// <param name="blobs">The store.</param>
/// <param name="look">Ends the look, and with it all reads: one reader that gives up does not end those of the others.</param>
internal sealed class OnceBlobs(IBlobStore blobs, CancellationToken look) : IBlobStore
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Blob?>>> _read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken) =>
        _read.GetOrAdd(name, name => new Lazy<Task<Blob?>>(() => blobs.GetAsync(name, look))).Value.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => blobs.ListAsync(prefix, after, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => blobs.OpenReadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) => throw ForReading();

    /// <inheritdoc/>
    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) => throw ForReading();

    /// <inheritdoc/>
    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => throw ForReading();

    private static InvalidOperationException ForReading() => new("a look does not write");
}
