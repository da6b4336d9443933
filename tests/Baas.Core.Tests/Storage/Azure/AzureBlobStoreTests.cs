using System.Reflection;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>The contract of blob stores, on the emulator. Its rules are a theory here, since only a theory as a whole can be skipped.</summary>
public sealed class AzureBlobStoreTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static TheoryData<string> Rules { get; } =
        [.. typeof(BlobStoreContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name)];

    [AzuriteTheory]
    [MemberData(nameof(Rules))]
    public async Task Contract_OnTheEmulator_Holds(string rule)
    {
        var contract = new OnAzurite(azurite.NewContainer());
        await contract.Azure.CreateContainerAsync(Soon);

        await (Task)typeof(BlobStoreContract).GetMethod(rule)!.Invoke(contract, null)!;
    }

    [AzuriteFact]
    public async Task AnyCall_ContainerIsAbsent_IsNotReadAsAbsence()
    {
        var store = new AzureBlobStore(azurite.NewContainer());

        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => store.GetAsync("a", Soon))).Code);
        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => store.OpenReadAsync("a", Soon))).Code);
        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => store.PutAsync("a", default, BlobCondition.None, Soon))).Code);
    }

    [AzuriteFact]
    public async Task PartsOfBackups_AreInAContainerOfTheirTenant_AndListedInOrder()
    {
        var container = azurite.NewContainer();
        var store = new AzureBlobStore(container);
        await store.CreateContainerAsync(Soon);
        Assert.Null(await store.GetAsync("backups/acme/first/volumes/org1/peer-1/known", Soon));
        Assert.Empty(await ListAsync(store, "backups/acme/first/"));
        string[] names = ["artifacts/chunks/a", "collecting", "keys/key", "manifests/bk-1.json", "volumes/org1/peer-1/chunks/b", "volumes/org1/peer-1/known"];
        foreach (var name in names)
        {
            await store.PutAsync($"backups/acme/first/{name}", new byte[] { 1 }, BlobCondition.Absent, Soon);
            await store.PutAsync($"backups/a--b/first/{name}", new byte[] { 2 }, BlobCondition.Absent, Soon);
        }

        Assert.Equal(names.Select(name => $"backups/acme/first/{name}"), await ListAsync(store, "backups/acme/first/"));
        Assert.Equal(names[3..].Select(name => $"backups/acme/first/{name}"), await ListAsync(store, "backups/acme/first/", "backups/acme/first/keys/key"));
        Assert.Equal(["backups/acme/first/volumes/org1/peer-1/chunks/b"], await ListAsync(store, "backups/acme/first/volumes/org1/peer-1/chunks/"));
        Assert.Equal([2], (await store.GetAsync("backups/a--b/first/artifacts/chunks/a", Soon))?.Content.ToArray());
        var own = container.GetParentBlobServiceClient().GetBlobContainerClient($"{container.Name}-acme");
        Assert.Equal(["backups/acme/first/artifacts/chunks/a", "backups/acme/first/volumes/org1/peer-1/chunks/b", "backups/acme/first/volumes/org1/peer-1/known"], own.GetBlobs().Select(blob => blob.Name));
        await store.DeleteAsync("backups/acme/first/volumes/org1/peer-1/known", BlobCondition.None, Soon);
        Assert.Equal(2, own.GetBlobs().Count());
    }

    private static async Task<IReadOnlyList<string>> ListAsync(AzureBlobStore store, string prefix, string? after = null) => await store.ListAsync(prefix, after, Soon).ToListAsync(Soon);

    [AzuriteFact]
    public async Task CreateContainerAsync_Twice_Succeeds()
    {
        var store = new AzureBlobStore(azurite.NewContainer());

        await store.CreateContainerAsync(Soon);
        await store.CreateContainerAsync(Soon);

        Assert.Null(await store.GetAsync("a", Soon));
    }

    [Fact]
    public async Task AnyCall_NobodyAnswers_SaysUnavailable()
    {
        // Port 9 of a loopback address that nobody listens on refuses at once.
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed } };
        var store = new AzureBlobStore(new BlobContainerClient(new Uri("http://127.0.0.253:9/account/container"), options));

        foreach (var call in new Func<Task>[]
        {
            () => store.GetAsync("a", Soon),
            () => store.OpenReadAsync("a", Soon),
            () => store.PutAsync("a", new byte[] { 1 }, BlobCondition.Absent, Soon),
            () => store.DeleteAsync("a", BlobCondition.None, Soon),
            () => store.CreateContainerAsync(Soon),
            async () => await store.ListAsync("", null, Soon).GetAsyncEnumerator(Soon).MoveNextAsync(),
        })
        {
            var failure = await Assert.ThrowsAsync<StorageException>(call);
            Assert.Equal("storage-unavailable", failure.Code);
            Assert.True(failure.IsTransient);
        }
    }

    private sealed class OnAzurite(BlobContainerClient container) : BlobStoreContract
    {
        public AzureBlobStore Azure { get; } = new(container);

        protected override IBlobStore Store => Azure;
    }
}
