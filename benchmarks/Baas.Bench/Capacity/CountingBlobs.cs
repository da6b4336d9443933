using System.Runtime.CompilerServices;
using Baas.Core.Storage;

namespace Baas.Bench.Capacity;

/// <summary>Counts what Azure would bill of a store's use: a request for each call, one more for each page of a list and each block of a large blob.</summary>
internal sealed class CountingBlobs(IBlobStore inner) : IBlobStore
{
    private const int Page = 5000;
    private const long Block = 4 * 1024 * 1024;

    private long _requests;

    /// <summary>How many there were.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken) => Counted(1).GetAsync(name, cancellationToken);

    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) =>
        Counted(1).PutAsync(name, content, condition, cancellationToken);

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => Counted(1).OpenReadAsync(name, cancellationToken);

    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
        Counted(1 + (content.CanSeek ? content.Length / Block : 0)).WriteAsync(name, content, condition, cancellationToken);

    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => Counted(1).DeleteAsync(name, condition, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = 0;
        await foreach (var name in Counted(1).ListAsync(prefix, after, cancellationToken))
        {
            if (++names % Page == 0)
            {
                Counted(1);
            }

            yield return name;
        }
    }

    private IBlobStore Counted(long requests)
    {
        Interlocked.Add(ref _requests, requests);
        return inner;
    }
}
