using Baas.Core.Storage;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>Blobs of a process that may die at a write.</summary>
internal sealed class CutBlobs(IBlobStore inner, Cut cut) : IBlobStore
{
    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken) => Alive().GetAsync(name, cancellationToken);

    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) =>
        cut.ActAsync(() => inner.PutAsync(name, content, condition, cancellationToken));

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => Alive().OpenReadAsync(name, cancellationToken);

    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
        cut.ActAsync(() => inner.WriteAsync(name, content, condition, cancellationToken));

    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => cut.ActAsync(() => inner.DeleteAsync(name, condition, cancellationToken));

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => Alive().ListAsync(prefix, after, cancellationToken);

    private IBlobStore Alive()
    {
        cut.ThrowIfDead();
        return inner;
    }
}
