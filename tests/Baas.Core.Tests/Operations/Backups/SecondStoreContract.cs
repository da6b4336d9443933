using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>What two stores do for each other, whatever they are made of; subclassed for memory, files and Azure's emulator.</summary>
public abstract class SecondStoreContract
{
    private static readonly string[] Ways = ["flip", "cut", "remove"];

    protected abstract Task<IBlobStore> NewAsync();

    [Fact]
    public async Task Check_ManifestIsSpoiltHere_IsPutBackAndTold()
    {
        var stores = await CopiedAsync();
        var good = await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1));
        foreach (var how in Ways)
        {
            await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(1), how);

            var seen = await stores.VerifyManifestAsync(1);

            Assert.Equal((1, 1, 0), (seen.Archives.Count, seen.Healed.Count, seen.Faults.Count));
            Assert.Contains("manifest", seen.Healed[0], StringComparison.Ordinal);
            Assert.Equal(good, await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1)));
            Assert.Empty((await stores.VerifyManifestAsync(1)).Healed);
        }
    }

    [Fact]
    public async Task Check_ManifestIsSpoiltInBoth_BothAreNamedAndNothingIsWritten()
    {
        foreach (var here in Ways)
        {
            foreach (var there in Ways)
            {
                var stores = await CopiedAsync();
                await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(1), here);
                await TwoStores.SpoilAsync(stores.Other, TwoStores.ManifestOf(1), there);
                var (first, other) = (await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1)), await TwoStores.ReadAsync(stores.Other, TwoStores.ManifestOf(1)));

                var fault = Assert.Single((await stores.VerifyManifestAsync(1)).Faults);
                var refusal = await Assert.ThrowsAsync<BackupException>(() => stores.RecallAsync(1));

                Assert.Equal((fault, here == "remove" ? "backup-manifest-missing" : "backup-manifest-damaged"), (refusal.Message, refusal.Code));
                Assert.Contains("its copy in second store \"west\" does not help: cannot read", fault, StringComparison.Ordinal);
                Assert.Equal(first, await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1)));
                Assert.Equal(other, await TwoStores.ReadAsync(stores.Other, TwoStores.ManifestOf(1)));
            }
        }
    }

    [Fact]
    public async Task Check_CopyIsTheManifestOfAnotherBackup_IsNotTaken()
    {
        var stores = await CopiedAsync();
        await stores.Other.PutAsync(TwoStores.ManifestOf(1), await TwoStores.ReadAsync(stores.Other, TwoStores.ManifestOf(2)), BlobCondition.None, CancellationToken.None);
        await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(1), "remove");

        Assert.Contains("it is that of another backup", Assert.Single((await stores.VerifyManifestAsync(1)).Faults), StringComparison.Ordinal);

        Assert.Null(await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1)));
    }

    [Fact]
    public async Task Restore_ManifestIsSpoiltHere_UsesTheCopyAndPutsItBack()
    {
        var stores = await CopiedAsync();
        await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(1), "flip");
        Assert.Equal(StoredBackups.IdOf(1), (await stores.Manifests.ReadAsync(TestOperations.Network, StoredBackups.IdOf(1), CancellationToken.None)).Id); // as the request does, which puts nothing back
        Assert.NotEqual(await TwoStores.ReadAsync(stores.Other, TwoStores.ManifestOf(1)), await TwoStores.ReadAsync(stores.First, TwoStores.ManifestOf(1)));

        await stores.RecallAsync(1);

        Assert.Empty(await stores.FaultsAsync(stores.First, 1));
    }

    [Fact]
    public async Task FirstStoreIsLost_BackupBeforeTheOthersAreRecalled_HasTheirKey()
    {
        var stores = await (await CopiedAsync()).LoseFirstAsync(await NewAsync());

        await stores.BeginAsync(4);

        await stores.UpkeepAsync();
        await stores.RecallAsync(1);
        Assert.Empty(await stores.FaultsAsync(stores.First, 1));
    }

    [Fact]
    public async Task SecondStoreIsAway_NewNetworksBackup_BeginsAllTheSame()
    {
        var away = new HookedBlobStore(await NewAsync(), (_, _, _) => throw new StorageException("storage-unavailable", "nobody answers") { IsTransient = true });
        TwoStores stores = new(await NewAsync(), away);

        await stores.BeginAsync(1);

        Assert.True(await stores.Backups.HasKeyAsync(TestOperations.Network, CancellationToken.None));
    }

    [Fact]
    public async Task FirstStoreIsLost_ForgettingOne_ClearsItAwayAndKeepsTheOthers()
    {
        var stores = await (await CopiedAsync()).LoseFirstAsync(await NewAsync());
        Assert.Equal((0, 3, 0), await stores.UpkeepAsync());
        await stores.RecallAsync(2); // restored, so its parts are here again; those of 3 are not
        await stores.ForgetAsync(1);

        Assert.Equal((0, 0, 1), await stores.UpkeepAsync());

        Assert.Equal((3, 5), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
        Assert.Empty(await stores.FaultsAsync(stores.First, 2));
        Assert.Empty(await stores.FaultsAsync(stores.Other, 2));
        Assert.Empty(await stores.FaultsAsync(stores.Other, 3));
        await stores.RecallAsync(3);
        await stores.ForgetAsync(2);
        Assert.Equal((0, 0, 1), await stores.UpkeepAsync());
        Assert.Equal((3, 3), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
        Assert.Empty(await stores.FaultsAsync(stores.First, 3));
    }

    [Fact]
    public async Task ForgettingOne_ManifestsOfOthersAreSpoiltInOneStore_KeepsTheirParts()
    {
        var stores = await CopiedAsync();
        await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(2), "remove");
        await TwoStores.SpoilAsync(stores.Other, TwoStores.ManifestOf(3), "remove");
        await stores.ForgetAsync(1);

        Assert.Equal((0, 0, 1), await stores.UpkeepAsync());

        Assert.Equal((5, 5), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
        Assert.Single((await stores.VerifyManifestAsync(2)).Healed);
        Assert.Empty(await stores.FaultsAsync(stores.First, 2));
    }

    [Fact]
    public async Task ForgettingOne_AnotherCannotBeRecalled_KeepsItsParts()
    {
        var stores = await CopiedAsync();
        await stores.First.DeleteAsync(TwoStores.RecordOf(3), BlobCondition.None, CancellationToken.None);
        await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(3), "remove");
        var record = (await TwoStores.ReadAsync(stores.Other, TwoStores.RecordOf(3)))!; // it was copied
        await TwoStores.SpoilAsync(stores.Other, TwoStores.RecordOf(3), "cut");
        await stores.ForgetAsync(1);

        Assert.Equal("record-unreadable", (await Assert.ThrowsAsync<StorageException>(stores.UpkeepAsync)).Code);

        Assert.Equal((5, 5), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
        await stores.Other.PutAsync(TwoStores.RecordOf(3), record, BlobCondition.None, CancellationToken.None);
        Assert.Equal((0, 1, 0), await stores.UpkeepAsync());
        Assert.Empty(await stores.FaultsAsync(stores.First, 3));
    }

    [Fact]
    public async Task ForgettingOne_ManifestOfAnotherIsWholeNowhere_DeletesNothing()
    {
        var stores = await CopiedAsync();
        await TwoStores.SpoilAsync(stores.First, TwoStores.ManifestOf(2), "remove");
        await TwoStores.SpoilAsync(stores.Other, TwoStores.ManifestOf(2), "remove");
        await stores.ForgetAsync(1);

        Assert.Equal("backup-manifest-missing", (await Assert.ThrowsAsync<BackupException>(stores.UpkeepAsync)).Code);

        Assert.Equal((7, 7), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
        await stores.ForgetAsync(2); // whoever gives it up can clear away again
        Assert.Equal((0, 0, 2), await stores.UpkeepAsync());
        Assert.Equal((3, 3), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
    }

    // Three backups of three parts each, one of them shared by all.
    private async Task<TwoStores> CopiedAsync()
    {
        TwoStores stores = new(await NewAsync(), await NewAsync());
        for (var number = 1; number <= 3; number++)
        {
            await stores.PutAsync(number, "shared", $"own {number}");
        }

        Assert.Equal((3, 0, 0), await stores.UpkeepAsync());
        return stores;
    }
}
