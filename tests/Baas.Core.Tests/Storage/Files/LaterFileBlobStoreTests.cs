using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Testing;

namespace Baas.Core.Tests.Storage.Files;

/// <summary>A store that the first write opens is a store like any other, and until then touches nothing.</summary>
public sealed class LaterFileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TestFolder _folder = new();

    public LaterFileBlobStoreTests() => Store = FileBlobStore.OpenedByWriting(_folder.In("store"));

    protected override IBlobStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reading_MakesNothing()
    {
        Assert.Null(await Store.GetAsync("a", Soon));
        Assert.Null(await Store.OpenReadAsync("a", Soon));
        Assert.Empty(await Store.ListAsync("", null, Soon).ToListAsync(Soon));

        Assert.False(Directory.Exists(_folder.In("store")));
    }

    [Fact]
    public async Task Reading_AnothersStore_SeesItAndSweepsNothingAway()
    {
        await new FileBlobStore(_folder.In("store")).PutAsync("a", new byte[] { 1 }, BlobCondition.None, Soon);
        var underWay = _folder.In("store", "tmp", "1");
        await File.WriteAllTextAsync(underWay, "half", Soon);

        Assert.Equal([1], (await Store.GetAsync("a", Soon))!.Content.ToArray());
        Assert.Equal(["a"], await Store.ListAsync("", null, Soon).ToListAsync(Soon));
        Assert.True(File.Exists(underWay));

        await Store.PutAsync("b", default, BlobCondition.None, Soon);
        Assert.False(File.Exists(underWay));
    }

    [Fact]
    public async Task AnyCall_FolderIsGoneSinceItWasOpened_IsNotReadAsAbsence()
    {
        await Store.PutAsync("a", default, BlobCondition.None, Soon);
        Directory.Delete(_folder.In("store"), recursive: true);

        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => Store.GetAsync("a", Soon))).Code);
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => Store.ListAsync("", null, Soon).ToListAsync(Soon).AsTask())).Code);
    }
}
