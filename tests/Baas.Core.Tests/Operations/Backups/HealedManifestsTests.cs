using Baas.Core.Networks;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>A manifest that the first store has lost or damaged is read from the second one, and put back.</summary>
public sealed class HealedManifestsTests : IAsyncLifetime
{
    private static readonly NetworkReference Network = TestOperations.Network;
    private static readonly string Name = TwoStores.ManifestOf(1);

    private readonly MemoryBlobStore _first = new();
    private readonly MemoryBlobStore _other = new();
    private TwoStores _stores;

    public HealedManifestsTests() => _stores = new TwoStores(_first, _other);

    public async Task InitializeAsync()
    {
        await _stores.PutAsync(1, "a", "b");
        await _stores.UpkeepAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task EveryByteThatChanged_AndEveryCut_IsHealed_AndAsACopyIsNotTaken()
    {
        var good = (await TwoStores.ReadAsync(_first, Name))!; // it was written
        for (var place = 0; place < good.Length; place++)
        {
            byte[] flipped = [.. good];
            flipped[place] ^= (byte)(1 << (place % 8));
            foreach (var spoilt in new[] { flipped, good[..place] })
            {
                await PutAsync(_first, spoilt);
                var seen = await _stores.VerifyManifestAsync(1);
                Assert.Equal((1, 0), (seen.Healed.Count, seen.Faults.Count));
                Assert.Equal(good, await TwoStores.ReadAsync(_first, Name));

                await PutAsync(_other, spoilt);
                await PutAsync(_first, spoilt);
                seen = await _stores.VerifyManifestAsync(1);
                Assert.Equal((0, 1), (seen.Healed.Count, seen.Faults.Count));
                Assert.Equal(spoilt, await TwoStores.ReadAsync(_first, Name));
                await PutAsync(_other, good);
            }
        }
    }

    [Fact]
    public async Task Check_ManifestIsWhole_DoesNotNeedTheSecondStore()
    {
        _other.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };

        Assert.Single((await _stores.VerifyManifestAsync(1)).Archives);
    }

    [Fact]
    public async Task Check_SecondStoreIsDown_IsTriedAgainAndNotTakenForLost()
    {
        await TwoStores.SpoilAsync(_first, Name, "flip");
        _other.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };

        var failure = await Assert.ThrowsAsync<BackupException>(() => _stores.VerifyManifestAsync(1));

        Assert.Equal(("backup-manifest-damaged", true), (failure.Code, failure.IsTransient));
        Assert.Contains("it is down", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_KeyIsGoneToo_BothComeBack()
    {
        await TwoStores.SpoilAsync(_first, Name, "remove");
        foreach (var key in _first.Blobs.Keys.Where(name => name.StartsWith(BackupNames.KeysFolder(Network), StringComparison.Ordinal)))
        {
            await TwoStores.SpoilAsync(_first, key, "remove");
        }

        Assert.Single((await _stores.VerifyManifestAsync(1)).Healed);

        Assert.Empty(await _stores.FaultsAsync(_first, 1));
    }

    [Fact]
    public async Task Check_FirstStoreIsFull_IsToldAndTriedAgain()
    {
        await TwoStores.SpoilAsync(_first, Name, "flip");
        var full = new HookedBlobStore(_first, (_, verb, _) => verb == "put" ? throw new StorageException("storage-full", "the disk is full") { IsTransient = true } : Task.CompletedTask);

        Assert.Equal("storage-full", (await Assert.ThrowsAsync<StorageException>(() => new TwoStores(full, _other).VerifyManifestAsync(1))).Code);

        Assert.Single((await _stores.VerifyManifestAsync(1)).Healed);
    }

    // Somebody forgets the backup at each moment of a check in turn, and sometimes all that it has left is cleared away at once.
    [Theory]
    [InlineData("flip", false)]
    [InlineData("flip", true)]
    [InlineData("remove", false)]
    [InlineData("remove", true)]
    public async Task Check_BackupIsForgottenMeanwhile_ManifestDoesNotComeBack(string how, bool isCleared)
    {
        var refused = 0;
        for (var moment = 0; ; moment++)
        {
            HealedManifestsTests round = new();
            await round.InitializeAsync();
            await TwoStores.SpoilAsync(round._first, Name, how);
            HookedBlobStore hooked = new(round._first, async (call, _, _) =>
            {
                if (call == moment)
                {
                    await round._stores.ForgetAsync(1);
                    await (isCleared ? round._stores.UpkeepAsync() : Task.CompletedTask);
                }
            });

            try
            {
                await new TwoStores(hooked, round._other).VerifyManifestAsync(1);
            }
            catch (BackupException failure)
            {
                Assert.Equal("backup-not-found", failure.Code);
                refused++;
            }

            if (hooked.Calls <= moment)
            {
                Assert.True(refused > 0, "no moment was refused");
                return;
            }

            Assert.Null(await TwoStores.ReadAsync(round._first, Name));
        }
    }

    // The same, and the process dies as soon as it has put a manifest back: what replaces a damaged one needs no second look.
    [Fact]
    public async Task Check_DamagedOneIsForgottenMeanwhile_AndTheProcessDies_ManifestDoesNotComeBack()
    {
        for (var moment = 0; ; moment++)
        {
            HealedManifestsTests round = new();
            await round.InitializeAsync();
            await TwoStores.SpoilAsync(round._first, Name, "flip");
            var isDead = false;
            HookedBlobStore hooked = new(round._first, async (call, verb, name) =>
            {
                if (call == moment)
                {
                    await round._stores.ForgetAsync(1);
                    await round._stores.UpkeepAsync();
                }

                isDead = isDead ? throw new StorageException("storage-unavailable", "a test wants it to be gone") : verb == "put" && name == Name;
            });

            await Record.ExceptionAsync(() => new TwoStores(hooked, round._other).VerifyManifestAsync(1));

            if (hooked.Calls <= moment)
            {
                Assert.True(isDead, "nothing was put back");
                return;
            }

            Assert.Null(await TwoStores.ReadAsync(round._first, Name));
        }
    }

    [Fact]
    public async Task Recall_AnotherOnesCopyIsSpoilt_DoesNotKeepTheRestWaiting()
    {
        await _stores.PutAsync(2, "a", "c");
        await _stores.UpkeepAsync();
        await TwoStores.SpoilAsync(_other, Name, "flip");
        _stores = await _stores.LoseFirstAsync(new MemoryBlobStore());

        Assert.Equal("backup-manifest-damaged", (await Assert.ThrowsAsync<BackupException>(_stores.UpkeepAsync)).Code);

        Assert.Null(await TwoStores.ReadAsync(_stores.First, Name)); // what is no manifest is not copied
        Assert.NotNull(await _stores.Records.GetAsync<BackupRecord>(BackupRecordNames.Of(Network, StoredBackups.IdOf(2)), CancellationToken.None));
    }

    private static Task PutAsync(MemoryBlobStore store, byte[] content) => store.PutAsync(Name, content, BlobCondition.None, CancellationToken.None);
}
