using Baas.Core.Storage;

namespace Baas.Testing.Storage;

/// <summary>A store that lets a test act before each call of another one: to change something in between, to wait or to fail.</summary>
/// <param name="inner">The store that does the work.</param>
/// <param name="before">Called before each call, with the number of the call from 0, what is done (<c>get</c>, <c>put</c>, <c>delete</c>, <c>list</c>) and the name.</param>
public sealed class HookedBlobStore(IBlobStore inner, Func<int, string, string, Task> before) : IBlobStore
{
    private int _calls = -1;

    /// <summary>How many calls there were.</summary>
    public int Calls => _calls + 1;

    public async Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
    {
        await BeforeAsync("get", name);
        return await inner.GetAsync(name, cancellationToken);
    }

    public async Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        await BeforeAsync("put", name);
        return await inner.PutAsync(name, content, condition, cancellationToken);
    }

    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        await BeforeAsync("get", name);
        return await inner.OpenReadAsync(name, cancellationToken);
    }

    public async Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        await BeforeAsync("put", name);
        return await inner.WriteAsync(name, content, condition, cancellationToken);
    }

    public async Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken)
    {
        await BeforeAsync("delete", name);
        await inner.DeleteAsync(name, condition, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BeforeAsync("list", prefix);
        await foreach (var name in inner.ListAsync(prefix, after, cancellationToken))
        {
            yield return name;
        }
    }

    private Task BeforeAsync(string verb, string name) => before(Interlocked.Increment(ref _calls), verb, name);
}
