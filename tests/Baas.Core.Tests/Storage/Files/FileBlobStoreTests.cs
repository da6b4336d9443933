using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Testing;

namespace Baas.Core.Tests.Storage.Files;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private static readonly ReadOnlyMemory<byte> Content = new byte[] { 1, 2, 3 };
    private readonly TestFolder _folder = new();

    public FileBlobStoreTests() => Store = new FileBlobStore(_folder.In("store"));

    protected override IBlobStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_LeftoverOfACrash_IsSweptAway()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);
        var leftover = _folder.In("store", "tmp", "1");
        await File.WriteAllTextAsync(leftover, "half", Soon);

        var again = new FileBlobStore(_folder.In("store"));

        Assert.False(File.Exists(leftover));
        Assert.Equal(Content.ToArray(), (await again.GetAsync("a", Soon))!.Content.ToArray());
        await again.PutAsync("b", Content, BlobCondition.None, Soon);
    }

    [Fact]
    public async Task Open_Again_KeepsTags()
    {
        var tag = await Store.PutAsync("a", Content, BlobCondition.None, Soon);

        Assert.Equal(tag, (await new FileBlobStore(_folder.In("store")).GetAsync("a", Soon))!.Tag);
    }

    [Fact]
    public async Task ListAsync_FilesOfStrangers_AreLeftOut()
    {
        await Store.PutAsync("a/b", Content, BlobCondition.None, Soon);
        foreach (var stranger in new[] { "notes.txt", "b.swp~", "%%", "%", "B%", "b%1%", ".hidden%" })
        {
            await File.WriteAllTextAsync(_folder.In("store", "blobs", "a", stranger), "", Soon);
        }

        Directory.CreateDirectory(_folder.In("store", "blobs", "lost+found%"));
        Assert.Equal(["a/b"], await ListAsync());
    }

    [Fact]
    public async Task WriteAsync_SourceFails_LeavesFormerContentAndNoFile()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync("a", new BrokenStream(), BlobCondition.None, Soon));

        Assert.Equal(Content.ToArray(), (await Store.GetAsync("a", Soon))!.Content.ToArray());
        Assert.Empty(Directory.EnumerateFiles(_folder.In("store", "tmp")));
    }

    [Fact]
    public async Task WriteAsync_Conflict_LeavesNoFile()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.PutAsync("a", Content, BlobCondition.Absent, Soon));

        Assert.Empty(Directory.EnumerateFiles(_folder.In("store", "tmp")));
    }

    [Fact]
    public async Task DeleteAsync_LastOfAFolder_RemovesTheFolder()
    {
        await Store.PutAsync("a/b/c", Content, BlobCondition.None, Soon);
        await Store.PutAsync("a/d", Content, BlobCondition.None, Soon);

        await Store.DeleteAsync("a/b/c", BlobCondition.None, Soon);
        Assert.Equal(["a"], Folders());

        await Store.DeleteAsync("a/d", BlobCondition.None, Soon);
        Assert.Empty(Folders());
    }

    [Fact]
    public async Task PutAsync_WhileTheFolderIsBeingRemoved_Succeeds()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            for (var turn = 0; turn < 50; turn++)
            {
                await Store.PutAsync($"x/y/{number}", Content, BlobCondition.Absent, Soon);
                await Store.DeleteAsync($"x/y/{number}", BlobCondition.None, Soon);
            }
        })));

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task OpenReadAsync_ReplacedMeanwhile_ReadsWhatWasOpened()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);
        await using var stream = (await Store.OpenReadAsync("a", Soon))!;

        await Store.PutAsync("a", new byte[] { 9 }, BlobCondition.None, Soon);

        var buffer = new byte[10];
        Assert.Equal(3, await stream.ReadAtLeastAsync(buffer, 10, throwOnEndOfStream: false, Soon));
        Assert.Equal(Content.ToArray(), buffer[..3]);
        stream.Seek(-1, SeekOrigin.End);
        Assert.Equal(3, stream.ReadByte());
    }

    [Fact]
    public async Task AnyCall_FolderIsGone_IsNotReadAsAbsence()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);
        Directory.Delete(_folder.In("store"), recursive: true); // as when its volume is unmounted

        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => Store.GetAsync("a", Soon))).Code);
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => Store.OpenReadAsync("a", Soon))).Code);
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => Store.DeleteAsync("a", BlobCondition.None, Soon))).Code);
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(ListAsync)).Code);
        var failure = await Assert.ThrowsAsync<StorageException>(() => Store.PutAsync("a", Content, BlobCondition.None, Soon));
        Assert.Equal("storage-unavailable", failure.Code);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task GetAsync_FileWasCutOff_SaysDamaged()
    {
        await Store.PutAsync("a", Content, BlobCondition.None, Soon);
        await File.WriteAllTextAsync(_folder.In("store", "blobs", "a%"), "cut", Soon);

        Assert.Equal("blob-damaged", (await Assert.ThrowsAsync<StorageException>(() => Store.GetAsync("a", Soon))).Code);
        Assert.Equal("blob-damaged", (await Assert.ThrowsAsync<StorageException>(() => Store.OpenReadAsync("a", Soon))).Code);
    }

    [Fact]
    public async Task PutAsync_OnUnix_OnlyTheOwnerReads()
    {
        if (!OperatingSystem.IsWindows())
        {
            await Store.PutAsync("a/b", Content, BlobCondition.None, Soon);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.In("store", "blobs", "a", "b%")));
        }
    }

    private string[] Folders() =>
        [.. Directory.EnumerateDirectories(_folder.In("store", "blobs"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!)];

    private async Task<List<string>> ListAsync()
    {
        List<string> names = [];
        await foreach (var name in Store.ListAsync("", null, Soon))
        {
            names.Add(name);
        }

        return names;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new InvalidDataException("broken");
    }
}
