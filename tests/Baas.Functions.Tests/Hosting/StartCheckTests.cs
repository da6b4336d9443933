using System.Net;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Queues;
using Baas.Functions.Hosting.Cloud;
using Baas.Functions.Hosting.Local;
using Baas.Testing;
using Baas.Testing.Time;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Tests.Hosting;

public sealed class StartCheckTests
{
    private readonly ManualClock _clock = new();
    private readonly LogLines _lines = new();

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Storage Blob Data Contributor")]
    [InlineData(HttpStatusCode.Unauthorized, "Storage Blob Data Contributor")]
    [InlineData(HttpStatusCode.BadRequest, "Storage Blob Data Contributor")]
    public async Task StartAsync_StorageRefuses_NamesSettingAndRole(HttpStatusCode answer, string role)
    {
        var refusal = await Assert.ThrowsAsync<HostingException>(() => StartAsync(Blobs(() => new HttpResponseMessage(answer)), new Key()));

        Assert.Equal("azure-unusable", refusal.Code);
        Assert.Contains("\"azure:storageUri\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(role, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_QueueRefuses_NamesSettingAndRole()
    {
        var refusal = await Assert.ThrowsAsync<HostingException>(
            () => StartAsync(Blobs(Created), new Key(), Queue(() => new HttpResponseMessage(HttpStatusCode.Forbidden))));

        Assert.Contains("\"azure:queueUri\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Storage Queue Data Contributor", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> Refusals =>
    [
        new StorageException("master-key-refused", "the vault answers 403"),
        new StorageException("master-key-missing", "the vault has no such secret"),
        new StorageException("master-key-invalid", "its value has to be 32 bytes"),
        new AuthenticationFailedException("the identity is not known"),
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task StartAsync_VaultRefuses_NamesSettingAndRole(Exception failure)
    {
        var refusal = await Assert.ThrowsAsync<HostingException>(() => StartAsync(Blobs(Created), new Key(failure)));

        Assert.Equal("azure-unusable", refusal.Code);
        Assert.Contains("\"azure:keyVaultUri\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Key Vault Secrets User", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(failure.Message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_StorageDoesNotAnswer_StartsAndTellsTheSetting()
    {
        await StartAsync(Blobs(() => throw new HttpRequestException("refused")), new Key());

        AssertTold("azure:storageUri");
    }

    [Fact]
    public async Task StartAsync_QueueIsBusy_StartsAndTellsTheSetting()
    {
        await StartAsync(Blobs(Created), new Key(), Queue(() => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));

        AssertTold("azure:queueUri");
    }

    [Fact]
    public async Task StartAsync_VaultDoesNotAnswer_StartsAndTellsTheSetting()
    {
        await StartAsync(Blobs(Created), new Key(new StorageException("master-key-unavailable", "the vault does not answer") { IsTransient = true }));

        AssertTold("azure:keyVaultUri");
    }

    [Fact]
    public async Task StartAsync_StorageHangs_StartsAfterTenSeconds()
    {
        var start = StartAsync(Blobs(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Created();
        }), new Key());

        Assert.False(start.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await start.WaitAsync(TimeSpan.FromMinutes(1));

        AssertTold("azure:storageUri");
    }

    [Fact]
    public async Task StartAsync_AllAnswer_SaysNothing()
    {
        await StartAsync(Blobs(Created), new Key());

        Assert.Empty(_lines.Written);
    }

    private void AssertTold(string setting) => Assert.StartsWith($"what setting \"{setting}\" names does not answer now: ", Assert.Single(_lines.Written), StringComparison.Ordinal);

    private Task StartAsync(AzureBlobStore blobs, IMasterKey key, AzureWorkQueue? queue = null) =>
        new StartCheck(blobs, queue ?? Queue(Created), key, Options.Create(new AzureOptions()), _clock, _lines.For<StartCheck>()).StartAsync(CancellationToken.None);

    private static HttpResponseMessage Created() => new(HttpStatusCode.Created);

    private static AzureBlobStore Blobs(Func<HttpResponseMessage> answer) => Blobs(_ => Task.FromResult(answer()));

    private static AzureBlobStore Blobs(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        BlobClientOptions options = new() { Transport = new HttpClientTransport(new Account(answer)) };
        options.Retry.MaxRetries = 0;
        return new AzureBlobStore(new BlobContainerClient(new Uri("https://account.blob.core.windows.net/baas"), options));
    }

    private static AzureWorkQueue Queue(Func<HttpResponseMessage> answer)
    {
        QueueClientOptions options = new() { Transport = new HttpClientTransport(new Account(_ => Task.FromResult(answer()))) };
        options.Retry.MaxRetries = 0;
        QueueClient client = new(new Uri("https://account.queue.core.windows.net/work"), options);
        return new AzureWorkQueue(client, client, TimeProvider.System);
    }

    private sealed class Account(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(cancellationToken);
    }

    private sealed class Key(Exception? failure = null) : IMasterKey
    {
        public Task<string> GetIdAsync(CancellationToken cancellationToken) => failure is null ? Task.FromResult("one") : Task.FromException<string>(failure);

        public Task<byte[]> WrapAsync(ReadOnlyMemory<byte> dataKey, string purpose, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, string purpose, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
