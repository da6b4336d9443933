using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>What the first store has lost or damaged is read from the second one, and put back.</summary>
public sealed class HealedPartsTests : IAsyncLifetime
{
    private static readonly NetworkReference Network = TestOperations.Network;

    private readonly TestOperations _test = new();
    private readonly MemoryBlobStore _other = new();

    private SecondPlace Second => new("west", _other, new AesMasterKey(new byte[32]));

    public async Task InitializeAsync()
    {
        await StoredBackups.PutAsync(_test, 1, "a", "b");
        await new BackupUpkeep(_test.Records, _test.Blobs, _test.Backups, TimeProvider.System, Second).RunAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("flip", 0)]
    [InlineData("flip", 1)]
    [InlineData("flip", 2)] // one of the three is the list of files
    [InlineData("cut", 0)]
    [InlineData("cut", 1)]
    [InlineData("cut", 2)]
    [InlineData("remove", 0)]
    [InlineData("remove", 1)]
    [InlineData("remove", 2)]
    public async Task Check_OneIsSpoiltHere_IsPutBackAndNamed(string how, int which)
    {
        var (name, before) = Parts(_test.Blobs)[which];
        await SpoilAsync(_test.Blobs, name, how);

        var seen = await VerifyAsync();

        Assert.Empty(seen.Faults);
        Assert.Contains(name[(name.LastIndexOf('/') + 1)..], Assert.Single(seen.Healed), StringComparison.Ordinal);
        Assert.Equal(before, (await _test.Blobs.GetAsync(name, CancellationToken.None))!.Content.ToArray());
        Assert.Empty((await VerifyAsync()).Healed);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("remove")]
    public async Task Check_BothAreSpoilt_IsNamedAndNothingIsPutBack(string how)
    {
        var name = Parts(_test.Blobs)[0].Name;
        await SpoilAsync(_test.Blobs, name, how);
        await SpoilAsync(_other, name, "cut");
        var spoilt = (await _test.Blobs.GetAsync(name, CancellationToken.None))?.Content.ToArray();

        var seen = await VerifyAsync();

        Assert.Contains(name[(name.LastIndexOf('/') + 1)..], Assert.Single(seen.Faults), StringComparison.Ordinal);
        Assert.Empty(seen.Healed);
        Assert.Equal(spoilt, (await _test.Blobs.GetAsync(name, CancellationToken.None))?.Content.ToArray());
    }

    [Fact]
    public async Task Check_SecondStoreIsDown_NamesWhatIsSpoiltHere()
    {
        await SpoilAsync(_test.Blobs, Parts(_test.Blobs)[0].Name, "flip");
        _other.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };

        Assert.Single((await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Recall_OneIsSpoiltAndOneIsGone_PutsBothBack()
    {
        var parts = Parts(_test.Blobs);
        await SpoilAsync(_test.Blobs, parts[0].Name, "flip");
        await SpoilAsync(_test.Blobs, parts[1].Name, "remove");

        await RecallAsync();

        Assert.Empty(await StoredBackups.FaultsAsync(_test.Backups, 1));
    }

    [Fact]
    public async Task Recall_NothingIsSpoilt_DoesNotNeedTheSecondStore()
    {
        _other.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };

        await RecallAsync();

        Assert.Empty(await StoredBackups.FaultsAsync(_test.Backups, 1));
    }

    private static List<(string Name, byte[] Content)> Parts(MemoryBlobStore blobs) =>
        [.. blobs.Blobs.Where(blob => blob.Key.Contains("/chunks/", StringComparison.Ordinal)).Select(blob => (blob.Key, blob.Value.Content.ToArray())).OrderBy(part => part.Key, StringComparer.Ordinal)];

    private static async Task SpoilAsync(MemoryBlobStore blobs, string name, string how)
    {
        var content = (await blobs.GetAsync(name, CancellationToken.None))!.Content.ToArray();
        content[^1] ^= 1;
        await (how switch
        {
            "remove" => blobs.DeleteAsync(name, BlobCondition.None, CancellationToken.None),
            "cut" => blobs.PutAsync(name, content.AsMemory(0, content.Length / 2), BlobCondition.None, CancellationToken.None),
            _ => blobs.PutAsync(name, content, BlobCondition.None, CancellationToken.None),
        });
    }

    private Task<VerifyVolume.Output> VerifyAsync() =>
        new VerifyVolume(_test.Backups, Second).ApplyAsync(new VerifyVolume.Input(Network, StoredBackups.IdOf(1), 0, BackupNames.Artifacts), CancellationToken.None);

    private Task RecallAsync() => StoredBackups.RecallAsync(_test.Blobs, _test.Backups, Second, 1);
}
