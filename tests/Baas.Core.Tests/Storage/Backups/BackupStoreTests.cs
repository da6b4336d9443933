using System.Security.Cryptography;
using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Storage.Backups;

public sealed class BackupStoreTests
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("first"));
    private static readonly BackupId Id = BackupId.Parse("bk-1");
    private static readonly VolumeRoot NoRoot = new() { Index = [], IndexHash = "", Entries = 0, Bytes = 0 };

    private readonly MemoryBlobStore _blobs = new();
    private readonly byte[] _master = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public async Task ReadManifestAsync_GivesWhatWasWritten()
    {
        var store = await WrittenAsync();
        var manifest = await store.ReadManifestAsync(Network, Id, CancellationToken.None);
        Assert.Equal((Id, Network), (manifest.Id, manifest.Network));
    }

    [Fact]
    public async Task EveryByteThatChanged_IsFound()
    {
        var store = await WrittenAsync();
        var name = BackupNames.Manifest(Network, Id);
        var content = (await _blobs.GetAsync(name, CancellationToken.None))!.Content.ToArray(); // it was written
        for (var place = 0; place < content.Length; place++)
        {
            byte[] flipped = [.. content];
            flipped[place] ^= 1;
            await AssertRefusedAsync(store, flipped);
            await AssertRefusedAsync(store, content[..place]);
        }
    }

    [Fact]
    public async Task ManifestOfAnotherBackup_IsFound()
    {
        var store = await WrittenAsync();
        var content = (await _blobs.GetAsync(BackupNames.Manifest(Network, Id), CancellationToken.None))!.Content; // it was written
        var other = BackupId.Parse("bk-2");
        await _blobs.PutAsync(BackupNames.Manifest(Network, other), content, BlobCondition.None, CancellationToken.None);
        Assert.Equal("backup-manifest-damaged", (await Assert.ThrowsAsync<BackupException>(() => store.ReadManifestAsync(Network, other, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task OtherKey_IsNamed()
    {
        var store = await WrittenAsync();
        await new SecretStore(_blobs, new AesMasterKey(_master)).PutAsync(BackupNames.Keys(Network), "backup.key", RandomNumberGenerator.GetBytes(32), CancellationToken.None);
        Assert.Equal("backup-key-wrong", (await Assert.ThrowsAsync<BackupException>(() => store.ReadManifestAsync(Network, Id, CancellationToken.None))).Code);

        var elsewhere = new BackupStore(_blobs, new SecretStore(_blobs, new AesMasterKey(RandomNumberGenerator.GetBytes(32))));
        Assert.Equal("secret-unreadable", (await Assert.ThrowsAsync<StorageException>(() => elsewhere.ReadManifestAsync(Network, Id, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task MissingManifest_IsNamed()
    {
        var store = await WrittenAsync();
        Assert.Equal("backup-manifest-missing", (await Assert.ThrowsAsync<BackupException>(() => store.ReadManifestAsync(Network, BackupId.Parse("bk-9"), CancellationToken.None))).Code);
    }

    private async Task AssertRefusedAsync(BackupStore store, byte[] content)
    {
        await _blobs.PutAsync(BackupNames.Manifest(Network, Id), content, BlobCondition.None, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<BackupException>(() => store.ReadManifestAsync(Network, Id, CancellationToken.None));
        Assert.True(failure.Code is "backup-manifest-damaged" or "backup-key-wrong", failure.Code);
    }

    private async Task<BackupStore> WrittenAsync()
    {
        var store = new BackupStore(_blobs, new SecretStore(_blobs, new AesMasterKey(_master)));
        await store.EnsureKeyAsync(Network, CancellationToken.None);
        await store.WriteManifestAsync(
            new BackupManifest
            {
                Version = 1,
                Id = Id,
                Network = Network,
                CreatedAt = DateTimeOffset.UnixEpoch,
                KeyId = "",
                Spec = new NetworkSpec { Name = Network.Network, FabricVersion = FabricVersion.Parse("3.1.5"), Ordering = new(), Organizations = [] },
                Artifacts = NoRoot,
                Volumes = [],
            },
            CancellationToken.None);
        return store;
    }
}
