using System.Net;
using Baas.Core.Archives;
using Baas.Core.Archives.Agents;
using Baas.Core.Storage.Azure;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>What an agent may do with the addresses that it gets, on the emulator.</summary>
public sealed class SasAddressesTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private const string Folder = "backups/acme/first/volumes/org1/peer-1/";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [AzuriteFact]
    public async Task SendingAddress_TakesNewPartsOnly()
    {
        var (addresses, store) = await NewAsync();
        using var http = new HttpClient();
        var parts = new HttpParts(http, await addresses.ForSendingAsync(Folder, Lifetime, Soon), await addresses.ForReadingAsync(Folder, null, Lifetime, Soon), TimeProvider.System);

        Assert.True(await parts.PutAsync("chunks/a", new byte[] { 1, 2, 3 }, Soon));

        // Azure says that it is there (UnauthorizedBlobOverwrite), which counts; the emulator only says that the address does not allow it.
        Assert.Equal("archive-refused", (await Assert.ThrowsAsync<ArchiveException>(() => parts.PutAsync("chunks/a", new byte[] { 9 }, Soon))).Code);

        Assert.Equal([1, 2, 3], await parts.GetAsync("chunks/a", Soon));
        Assert.Null(await parts.GetAsync("chunks/b", Soon));
        Assert.Equal([1, 2, 3], (await store.GetAsync(Folder + "chunks/a", Soon))?.Content.ToArray());
    }

    [AzuriteFact]
    public async Task Addresses_GiveNothingElse()
    {
        var (addresses, store) = await NewAsync();
        await store.PutAsync(Folder + "known", new byte[] { 1 }, Core.Storage.BlobCondition.None, Soon);
        await store.PutAsync(Folder + "other", new byte[] { 1 }, Core.Storage.BlobCondition.None, Soon);
        using var http = new HttpClient();
        var sending = await addresses.ForSendingAsync(Folder, Lifetime, Soon);
        var one = await addresses.ForReadingAsync(Folder, "known", Lifetime, Soon);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(one.Of("known"), Soon)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(one.Of("other"), Soon)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(sending.Of("known"), Soon)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.DeleteAsync(sending.Of("known"), Soon)).StatusCode);
        var read = new HttpParts(http, one, null, TimeProvider.System);
        Assert.Equal("archive-refused", (await Assert.ThrowsAsync<ArchiveException>(() => read.PutAsync("known", new byte[] { 2 }, Soon))).Code);
        Assert.Equal([1], (await store.GetAsync(Folder + "known", Soon))?.Content.ToArray());
    }

    [AzuriteFact]
    public async Task Addresses_LeadToNoRecordNoKeyAndNoOtherTenant()
    {
        var (addresses, store) = await NewAsync();
        string[] others = ["records/networks/acme/first.json", "secrets/acme/first/key", "backups/acme/first/keys/key", "backups/acme/first/manifests/bk-1.json", "backups/other/first/volumes/org1/peer-1/known"];
        foreach (var name in others.Append(Folder + "known"))
        {
            await store.PutAsync(name, new byte[] { 1 }, Core.Storage.BlobCondition.None, Soon);
        }

        using var http = new HttpClient();
        var reading = await addresses.ForReadingAsync(Folder, null, Lifetime, Soon);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(reading.Of("known"), Soon)).StatusCode);
        var tenant = reading.Base.AbsoluteUri[..^Folder.Length];
        foreach (var name in others)
        {
            // By the way of the tenant's container they are not there; by the way of their own the signature is not for it.
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{tenant}{name}{reading.Query}", Soon)).StatusCode);
            foreach (var container in new[] { tenant.Replace("-acme/", "/", StringComparison.Ordinal), tenant.Replace("-acme/", "-other/", StringComparison.Ordinal) })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync($"{container}{name}{reading.Query}", Soon)).StatusCode);
            }
        }
    }

    private async Task<(SasAddresses Addresses, AzureBlobStore Store)> NewAsync()
    {
        var container = azurite.NewContainer();
        var store = new AzureBlobStore(container);
        await store.CreateContainerAsync(Soon);
        return (new SasAddresses(container, TimeProvider.System), store);
    }
}
