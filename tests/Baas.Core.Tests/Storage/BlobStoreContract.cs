using System.Security.Cryptography;
using System.Text;
using Baas.Core.Storage;

namespace Baas.Core.Tests.Storage;

/// <summary>What every blob store does; subclassed for memory, files and Azure's emulator. Each test has a store of its own.</summary>
public abstract class BlobStoreContract
{
    private static readonly ReadOnlyMemory<byte> First = Encoding.UTF8.GetBytes("first");
    private static readonly ReadOnlyMemory<byte> Second = Encoding.UTF8.GetBytes("second");

    protected abstract IBlobStore Store { get; }

    protected static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task GetAsync_Absent_IsNull() => Assert.Null(await Store.GetAsync("a/b", Soon));

    [Fact]
    public async Task GetAsync_Put_GivesContentAndTag()
    {
        var tag = await Store.PutAsync("a/B.json", First, BlobCondition.None, Soon);

        var blob = await Store.GetAsync("a/B.json", Soon);

        Assert.Equal(First.ToArray(), blob!.Content.ToArray());
        Assert.Equal(tag, blob.Tag);
    }

    [Fact]
    public async Task PutAsync_Empty_IsPresent()
    {
        await Store.PutAsync("empty", default, BlobCondition.None, Soon);

        Assert.Equal(0, (await Store.GetAsync("empty", Soon))!.Content.Length);
    }

    [Fact]
    public async Task PutAsync_SameContent_ChangesTag()
    {
        var first = await Store.PutAsync("a", First, BlobCondition.None, Soon);

        Assert.NotEqual(first, await Store.PutAsync("a", First, BlobCondition.None, Soon));
    }

    [Fact]
    public async Task PutAsync_AbsentExpectedButThere_ConflictsAndKeeps()
    {
        await Store.PutAsync("a", First, BlobCondition.Absent, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.PutAsync("a", Second, BlobCondition.Absent, Soon));

        Assert.Equal(First.ToArray(), (await Store.GetAsync("a", Soon))!.Content.ToArray());
    }

    [Fact]
    public async Task PutAsync_TagMatches_Replaces()
    {
        var tag = await Store.PutAsync("a", First, BlobCondition.None, Soon);

        await Store.PutAsync("a", Second, BlobCondition.Matches(tag), Soon);

        Assert.Equal(Second.ToArray(), (await Store.GetAsync("a", Soon))!.Content.ToArray());
    }

    [Fact]
    public async Task PutAsync_TagIsOld_Conflicts()
    {
        var tag = await Store.PutAsync("a", First, BlobCondition.None, Soon);
        await Store.PutAsync("a", Second, BlobCondition.None, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.PutAsync("a", First, BlobCondition.Matches(tag), Soon));
    }

    [Fact]
    public async Task PutAsync_TagExpectedButAbsent_Conflicts()
    {
        var tag = await Store.PutAsync("a", First, BlobCondition.None, Soon);
        await Store.DeleteAsync("a", BlobCondition.None, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.PutAsync("a", First, BlobCondition.Matches(tag), Soon));
    }

    [Fact]
    public async Task PutAsync_ManyAtOnceWithAbsent_OneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async number =>
        {
            try
            {
                await Store.PutAsync("race", Encoding.UTF8.GetBytes($"{number}"), BlobCondition.Absent, Soon);
                return number;
            }
            catch (BlobConflictException)
            {
                return -1;
            }
        }));

        var winner = Assert.Single(outcomes, number => number >= 0);
        Assert.Equal($"{winner}", Encoding.UTF8.GetString((await Store.GetAsync("race", Soon))!.Content.Span));
    }

    [Fact]
    public async Task PutAsync_ManyCountUpWithTags_NoneIsLost()
    {
        await Store.PutAsync("count", "0"u8.ToArray(), BlobCondition.None, Soon);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CountUpAsync()));

        Assert.Equal("8", Encoding.UTF8.GetString((await Store.GetAsync("count", Soon))!.Content.Span));
    }

    [Fact]
    public async Task WriteAsync_LargeStream_ReadsBack()
    {
        var content = RandomNumberGenerator.GetBytes(5_000_000);

        var tag = await Store.WriteAsync("big.bin", new MemoryStream(content), BlobCondition.Absent, Soon);

        await using var stream = (await Store.OpenReadAsync("big.bin", Soon))!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Soon);
        Assert.Equal(content.Length, stream.Length);
        Assert.Equal(content, copy.ToArray());
        Assert.Equal(tag, (await Store.GetAsync("big.bin", Soon))!.Tag);
    }

    [Fact]
    public async Task WriteAsync_ConditionFails_Conflicts()
    {
        await Store.PutAsync("a", First, BlobCondition.None, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.WriteAsync("a", new MemoryStream(Second.ToArray()), BlobCondition.Absent, Soon));

        Assert.Equal(First.ToArray(), (await Store.GetAsync("a", Soon))!.Content.ToArray());
    }

    [Fact]
    public async Task OpenReadAsync_Absent_IsNull() => Assert.Null(await Store.OpenReadAsync("a/b/c", Soon));

    [Fact]
    public async Task DeleteAsync_Absent_Succeeds()
    {
        await Store.DeleteAsync("no/such-blob", BlobCondition.None, Soon);
        var tag = await Store.PutAsync("other", First, BlobCondition.None, Soon);

        await Store.DeleteAsync("no/such-blob", BlobCondition.Matches(tag), Soon);

        Assert.NotNull(await Store.GetAsync("other", Soon));
    }

    [Fact]
    public async Task DeleteAsync_Present_IsGone()
    {
        await Store.PutAsync("a/b", First, BlobCondition.None, Soon);

        await Store.DeleteAsync("a/b", BlobCondition.None, Soon);

        Assert.Null(await Store.GetAsync("a/b", Soon));
        Assert.Empty(await NamesAsync("", null));
    }

    [Fact]
    public async Task DeleteAsync_TagIsOld_ConflictsAndKeeps()
    {
        var tag = await Store.PutAsync("a", First, BlobCondition.None, Soon);
        await Store.PutAsync("a", Second, BlobCondition.None, Soon);

        await Assert.ThrowsAsync<BlobConflictException>(() => Store.DeleteAsync("a", BlobCondition.Matches(tag), Soon));

        Assert.NotNull(await Store.GetAsync("a", Soon));
    }

    [Fact]
    public async Task ListAsync_NamesThatAreTrickyToSort_AreInOrdinalOrder()
    {
        string[] names = ["a", "a+b", "a-b/c", "a.b", "a/b", "a/b/c", "a0", "B", "A", "a/B", "_", "a/b.c"];
        foreach (var name in names)
        {
            await Store.PutAsync(name, First, BlobCondition.None, Soon);
        }

        var sorted = names.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(sorted, await NamesAsync("", null));
        foreach (var after in names)
        {
            Assert.Equal(sorted.Where(name => string.CompareOrdinal(name, after) > 0), await NamesAsync("", after));
        }
    }

    [Fact]
    public async Task ListAsync_Prefix_MayEndAnywhere()
    {
        foreach (var name in new[] { "tenants/acme/one", "tenants/acme/two", "tenants/acme2/one", "other" })
        {
            await Store.PutAsync(name, First, BlobCondition.None, Soon);
        }

        Assert.Equal(["tenants/acme/one", "tenants/acme/two"], await NamesAsync("tenants/acme/", null));
        Assert.Equal(["tenants/acme/one", "tenants/acme/two", "tenants/acme2/one"], await NamesAsync("tenants/ac", null));
        Assert.Equal(["tenants/acme/two"], await NamesAsync("tenants/acme/", "tenants/acme/one"));
        Assert.Equal(["tenants/acme2/one"], await NamesAsync("tenants/", "tenants/acme/two"));
        Assert.Empty(await NamesAsync("nothing/here", null));
    }

    [Fact]
    public async Task AnyCall_NameThatLeadsElsewhere_IsRefused()
    {
        foreach (var name in new[] { "", "../a", "a/../b", "/a", "a//b", "a/", ".", "a\\b", "a%b", "a\0b", "c:d", new string('a', 801) })
        {
            Assert.Equal("blob-name-invalid", (await Assert.ThrowsAsync<StorageException>(() => Store.GetAsync(name, Soon))).Code);
            Assert.Equal("blob-name-invalid", (await Assert.ThrowsAsync<StorageException>(() => Store.OpenReadAsync(name, Soon))).Code);
            Assert.Equal("blob-name-invalid", (await Assert.ThrowsAsync<StorageException>(() => Store.PutAsync(name, First, BlobCondition.None, Soon))).Code);
            Assert.Equal("blob-name-invalid", (await Assert.ThrowsAsync<StorageException>(() => Store.DeleteAsync(name, BlobCondition.None, Soon))).Code);
        }

        Assert.Equal("blob-name-invalid", (await Assert.ThrowsAsync<StorageException>(() => NamesAsync("../", null))).Code);
    }

    private async Task CountUpAsync()
    {
        while (true)
        {
            var blob = (await Store.GetAsync("count", Soon))!;
            var next = int.Parse(Encoding.UTF8.GetString(blob.Content.Span)) + 1;
            try
            {
                await Store.PutAsync("count", Encoding.UTF8.GetBytes($"{next}"), BlobCondition.Matches(blob.Tag), Soon);
                return;
            }
            catch (BlobConflictException)
            {
                continue;
            }
        }
    }

    private async Task<List<string>> NamesAsync(string prefix, string? after)
    {
        List<string> names = [];
        await foreach (var name in Store.ListAsync(prefix, after, Soon))
        {
            names.Add(name);
        }

        return names;
    }
}
