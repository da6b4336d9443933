using Baas.Core.Storage;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>The process dies before each write in turn while what forgotten backups have left is cleared away in two stores, after the first one was lost.</summary>
public sealed class ForgottenPartsTests
{
    [Fact]
    public async Task Death_BeforeEachWrite_LosesNothingThatIsKept_AndTheNextRunEndsIt()
    {
        for (var write = 1; ; write++)
        {
            var stores = await RecalledAsync();
            var left = write;
            Task DieAt(int call, string verb, string name) => (verb is "put" or "delete" ? --left : left) <= 0
                ? throw new StorageException("storage-unavailable", "a test wants it to be gone")
                : Task.CompletedTask;
            TwoStores dying = new(new HookedBlobStore(stores.First, DieAt), new HookedBlobStore(stores.Other, DieAt));

            var isDead = await Record.ExceptionAsync(dying.UpkeepAsync) is not null;

            await AssertKeptAsync(stores);
            if (!isDead)
            {
                Assert.True(write > 12, $"{write} writes are too few");
                return;
            }

            await stores.UpkeepAsync();
            Assert.Equal((3, 5), (await TwoStores.CountPartsAsync(stores.First), await TwoStores.CountPartsAsync(stores.Other)));
            await AssertKeptAsync(stores);
            Assert.Equal((0, 0, 0), await stores.UpkeepAsync());
        }
    }

    private static async Task AssertKeptAsync(TwoStores stores)
    {
        Assert.Empty(await stores.FaultsAsync(stores.First, 2));
        Assert.Empty(await stores.FaultsAsync(stores.Other, 2));
        Assert.Empty(await stores.FaultsAsync(stores.Other, 3));
    }

    // 1 and 2 were restored since the loss, 3 was not; 1 is forgotten.
    private static async Task<TwoStores> RecalledAsync()
    {
        TwoStores former = new(new MemoryBlobStore(), new MemoryBlobStore());
        for (var number = 1; number <= 3; number++)
        {
            await former.PutAsync(number, "shared", $"own {number}");
        }

        await former.UpkeepAsync();
        var stores = await former.LoseFirstAsync(new MemoryBlobStore());
        await stores.UpkeepAsync();
        await stores.RecallAsync(1);
        await stores.RecallAsync(2);
        await stores.ForgetAsync(1);
        return stores;
    }
}
