using Baas.Core.Storage;

namespace Baas.Testing.Storage;

/// <summary>A store that works until a chosen write, and then not any more: what a process sees that dies there.</summary>
internal sealed class CrashingBlobs(IBlobStore inner) : IBlobStore
{
    private int _left = int.MaxValue;
    private bool _isWritten;
    private volatile bool _isDead;

    /// <summary>Dies at the given write from now on, from 1.</summary>
    /// <param name="write">Which write.</param>
    /// <param name="isWritten">Whether that write still reaches the disk.</param>
    public void DieAt(int write, bool isWritten) => (_left, _isWritten) = (write, isWritten);

    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken) => Alive().GetAsync(name, cancellationToken);

    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(store => store.PutAsync(name, content, condition, cancellationToken));

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => Alive().OpenReadAsync(name, cancellationToken);

    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(store => store.WriteAsync(name, content, condition, cancellationToken));

    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => WriteAsync(async store =>
    {
        await store.DeleteAsync(name, condition, cancellationToken);
        return new BlobTag("");
    });

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => Alive().ListAsync(prefix, after, cancellationToken);

    private static StorageException Dead() => new("storage-unavailable", "cannot use the store: a test wants it to be gone");

    private IBlobStore Alive() => _isDead ? throw Dead() : inner;

    private async Task<BlobTag> WriteAsync(Func<IBlobStore, Task<BlobTag>> write)
    {
        var store = Alive();
        if (Interlocked.Decrement(ref _left) > 0)
        {
            return await write(store);
        }

        _isDead = true;
        if (_isWritten)
        {
            await write(store);
        }

        throw Dead();
    }
}
