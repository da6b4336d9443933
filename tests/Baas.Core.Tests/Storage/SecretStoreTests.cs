using System.Text;
using Baas.Core.Storage;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Storage;

public sealed class SecretStoreTests
{
    private const string Word = "-----BEGIN PRIVATE KEY----- of a peer";
    private static readonly SecretScope Scope = new("secrets/acme/one/");
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(Word);
    private readonly MemoryBlobStore _blobs = new();
    private readonly AesMasterKey _master = new(Bytes(1));
    private readonly SecretStore _secrets;

    public SecretStoreTests() => _secrets = new SecretStore(_blobs, _master);

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task GetAsync_AfterARestart_GivesTheSecret()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);

        Assert.Equal(Secret, await new SecretStore(_blobs, new AesMasterKey(Bytes(1))).GetAsync(Scope, "peer.json", Soon));
        Assert.Null(await _secrets.GetAsync(Scope, "other.json", Soon));
    }

    [Fact]
    public async Task PutAsync_Always_LeavesNothingReadable()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        await _secrets.PutIfAbsentAsync(Scope, "other.json", Secret, Soon);

        Assert.Equal(3, _blobs.Blobs.Count); // with the data key
        Assert.All(_blobs.Blobs.Values, blob =>
        {
            Assert.Equal(-1, blob.Content.Span.IndexOf("PRIVATE KEY"u8));
            Assert.Equal(-1, blob.Content.Span.IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Secret)[..16])));
            Assert.Equal(-1, blob.Content.Span.IndexOf(Bytes(1)));
        });
    }

    [Fact]
    public async Task PutAsync_SameSecretTwice_LooksDifferentEachTime()
    {
        await _secrets.PutAsync(Scope, "a", Secret, Soon);
        await _secrets.PutAsync(Scope, "b", Secret, Soon);

        Assert.NotEqual(Stored("a"), Stored("b"));
    }

    [Fact]
    public async Task PutIfAbsentAsync_ManyAtOnce_AllGetTheSame()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
            new SecretStore(_blobs, _master).PutIfAbsentAsync(Scope, "key", Encoding.UTF8.GetBytes($"key {number}"), Soon))));

        Assert.Single(seen.Select(Convert.ToHexString).Distinct());
    }

    [Fact]
    public async Task GetAsync_OtherMasterKey_SaysUnreadable()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        var other = new SecretStore(_blobs, new AesMasterKey(Bytes(7)));

        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => other.GetAsync(Scope, "peer.json", Soon))).Code);
        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => other.PutAsync(Scope, "new.json", Secret, Soon))).Code);
        Assert.Equal(Secret, await _secrets.GetAsync(Scope, "peer.json", Soon));
    }

    [Fact]
    public async Task GetAsync_AnyByteChanged_SaysUnreadable()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        var box = Stored("peer.json");

        for (var index = 0; index < box.Length; index++)
        {
            var changed = box.ToArray();
            changed[index] ^= 1;
            await _blobs.PutAsync(Scope.BlobOf("peer.json"), changed, BlobCondition.None, Soon);

            Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => _secrets.GetAsync(Scope, "peer.json", Soon))).Code);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public async Task GetAsync_CutOff_SaysUnreadable(int length)
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        await _blobs.PutAsync(Scope.BlobOf("peer.json"), Stored("peer.json").AsMemory(0, length), BlobCondition.None, Soon);

        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => _secrets.GetAsync(Scope, "peer.json", Soon))).Code);
    }

    [Fact]
    public async Task GetAsync_MovedToAnotherName_SaysUnreadable()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        await _blobs.PutAsync(Scope.BlobOf("orderer.json"), Stored("peer.json"), BlobCondition.None, Soon);

        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => _secrets.GetAsync(Scope, "orderer.json", Soon))).Code);
    }

    [Fact]
    public async Task GetAsync_DataKeyOfAnotherNetwork_SaysUnreadable()
    {
        var second = new SecretScope("secrets/acme/two/");
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        await _secrets.PutAsync(second, "peer.json", Secret, Soon);
        await _blobs.PutAsync(Scope.DataKeyName, _blobs.Blobs[second.DataKeyName].Content, BlobCondition.None, Soon);

        var fresh = new SecretStore(_blobs, _master);

        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => fresh.GetAsync(Scope, "peer.json", Soon))).Code);
    }

    [Fact]
    public async Task GetAsync_DataKeyIsGone_SaysUnreadable()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        await _blobs.DeleteAsync(Scope.DataKeyName, BlobCondition.None, Soon);

        var fresh = new SecretStore(_blobs, _master);

        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => fresh.GetAsync(Scope, "peer.json", Soon))).Code);
    }

    [Fact]
    public async Task DeleteAllAsync_Always_LeavesNothingAndCanBeginAgain()
    {
        await _secrets.PutAsync(Scope, "peer.json", Secret, Soon);
        var stale = new SecretStore(_blobs, _master);
        Assert.NotNull(await stale.GetAsync(Scope, "peer.json", Soon));

        await _secrets.DeleteAllAsync(Scope, Soon);
        Assert.Empty(_blobs.Blobs);

        // Another process still remembers the former data key: what it writes has to be readable all the same.
        await _secrets.PutAsync(Scope, "a", Secret, Soon);
        await stale.PutAsync(Scope, "b", Secret, Soon);
        Assert.Equal(Secret, await new SecretStore(_blobs, _master).GetAsync(Scope, "b", Soon));
        Assert.Equal(Secret, await stale.GetAsync(Scope, "a", Soon));
    }

    [Fact]
    public async Task AnyCall_StoreCannotBeAsked_IsNotReadAsAbsence()
    {
        _blobs.Failure = new StorageException("storage-unavailable", "no") { IsTransient = true };

        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => _secrets.GetAsync(Scope, "a", Soon))).Code);
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => _secrets.PutIfAbsentAsync(Scope, "a", Secret, Soon))).Code);
    }

    private static byte[] Bytes(byte first) => [.. Enumerable.Range(first, 32).Select(number => (byte)number)];

    private byte[] Stored(string secret) => _blobs.Blobs[Scope.BlobOf(secret)].Content.ToArray();
}
