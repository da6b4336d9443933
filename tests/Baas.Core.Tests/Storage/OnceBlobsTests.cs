using Baas.Core.Storage;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Storage;

public sealed class OnceBlobsTests
{
    private readonly MemoryBlobStore _blobs = new();

    [Fact]
    public async Task GetAsync_Again_IsReadOnceAndSeesTheSameMoment()
    {
        await _blobs.PutAsync("a", new byte[] { 1 }, BlobCondition.None, default);
        var once = new OnceBlobs(_blobs, default);

        var first = await once.GetAsync("a", default);
        Assert.Null(await once.GetAsync("b", default));
        await _blobs.PutAsync("a", new byte[] { 2 }, BlobCondition.None, default);
        await _blobs.PutAsync("b", new byte[] { 2 }, BlobCondition.None, default);

        Assert.Same(first, await once.GetAsync("a", default));
        Assert.Null(await once.GetAsync("b", default));
        Assert.Equal(2, (await new OnceBlobs(_blobs, default).GetAsync("a", default))!.Content.Span[0]); // it was put
    }

    [Fact]
    public async Task GetAsync_OneReaderGivesUp_TheOtherGetsIt()
    {
        await _blobs.PutAsync("a", new byte[] { 1 }, BlobCondition.None, default);
        var gate = new TaskCompletionSource();
        var once = new OnceBlobs(new GatedBlobs(_blobs, gate.Task), default);
        using var given = new CancellationTokenSource();
        var (impatient, patient) = (once.GetAsync("a", given.Token), once.GetAsync("a", default));

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.NotNull(await patient);
    }

    [Fact]
    public async Task GetAsync_StoreFails_TellsEachReader()
    {
        _blobs.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };
        var once = new OnceBlobs(_blobs, default);

        await Assert.ThrowsAsync<StorageException>(() => once.GetAsync("a", default));
        await Assert.ThrowsAsync<StorageException>(() => once.GetAsync("a", default));
    }

    private sealed class GatedBlobs(IBlobStore blobs, Task gate) : IBlobStore
    {
        public async Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            return await blobs.GetAsync(name, cancellationToken);
        }

        public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) => blobs.PutAsync(name, content, condition, cancellationToken);

        public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => blobs.OpenReadAsync(name, cancellationToken);

        public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) => blobs.WriteAsync(name, content, condition, cancellationToken);

        public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => blobs.DeleteAsync(name, condition, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => blobs.ListAsync(prefix, after, cancellationToken);
    }
}
