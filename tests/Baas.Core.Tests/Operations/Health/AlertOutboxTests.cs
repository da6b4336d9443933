using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Health.Judgement;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Tests.Health;
using Baas.Testing.Storage;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Health;

public sealed class AlertOutboxTests : IAsyncLifetime
{
    private const string Secret = "a secret of many letters";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TenantName Tenant = TenantName.Parse("acme");

    private readonly ManualClock _clock = new();
    private readonly MemoryBlobStore _blobs = new();
    private readonly RecordStore _records;
    private readonly SecretStore _secrets;
    private readonly WebhookSender _sender;
    private readonly AlertOutbox _outbox;
    private readonly Webhooks _webhooks;
    private TestWebhook _hook = null!; // InitializeAsync

    public AlertOutboxTests()
    {
        _records = new RecordStore(_blobs);
        _secrets = new SecretStore(_blobs, new AesMasterKey(new byte[32]));
        _sender = new WebhookSender(_clock);
        _outbox = new AlertOutbox(_records, _secrets, _sender, _clock);
        _webhooks = new Webhooks(_records, _secrets, new TenantOperations(_records, _clock), _outbox, _clock);
    }

    public async Task InitializeAsync()
    {
        _hook = await TestWebhook.StartAsync();
        await new TenantOperations(_records, _clock).EnsureAsync(Tenant, null, default);
        await _webhooks.PutAsync(Tenant, _hook.Url.ToString(), Secret, default);
    }

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_FiringAlert_ArrivesSigned()
    {
        await AddAsync(AlertState.Firing);

        await _outbox.SendAsync(default);

        var (_, timestamp, signature, delivery, body) = Assert.Single(_hook.Got);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
        Assert.Equal($"v1={expected}", signature);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), timestamp);
        Assert.NotEmpty(delivery);
        var message = JsonNode.Parse(body)!;
        Assert.Equal(("alert", "net", "pod-not-ready", "firing"), ((string?)message["type"], (string?)message["network"], (string?)message["alert"]!["rule"], (string?)message["alert"]!["state"]));
    }

    [Fact]
    public async Task AddAsync_SameAlertTwice_IsToldOnce()
    {
        await AddAsync(AlertState.Firing);
        await AddAsync(AlertState.Firing);

        await _outbox.SendAsync(default);
        await _outbox.SendAsync(default);

        Assert.Single(_hook.Got);
    }

    [Fact]
    public async Task SendAsync_WebhookRefuses_IsTriedAgainLaterAndInOrder()
    {
        _hook.Answer = 500;
        await AddAsync(AlertState.Firing);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(AlertState.Resolved);

        await _outbox.SendAsync(default);
        await _outbox.SendAsync(default); // not due yet
        Assert.Single(_hook.Got);

        _hook.Answer = 200;
        _clock.Advance(TimeSpan.FromSeconds(31));
        await _outbox.SendAsync(default);
        Assert.Equal(["firing", "firing", "resolved"], _hook.Got.Select(got => (string?)JsonNode.Parse(got.Body)!["alert"]!["state"]));
        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task SendAsync_WebhookRedirects_IsNotFollowed()
    {
        (_hook.Answer, _hook.Location) = (307, "/elsewhere");
        await AddAsync(AlertState.Firing);

        await _outbox.SendAsync(default);

        Assert.Equal("/hook", Assert.Single(_hook.Got).Path);
        Assert.Equal("it answered with status 307", Assert.Single(await DeliveriesAsync()).LastFailure);
    }

    [Fact]
    public async Task SendAsync_WebhookHangs_IsGivenUpAndPostponed()
    {
        _hook.Answer = null;
        await AddAsync(AlertState.Firing);

        await GiveUpAsync(_outbox.SendAsync(default));

        Assert.Equal(1, Assert.Single(await DeliveriesAsync()).Attempts);
        var shown = await _webhooks.GetAsync(Tenant, default);
        Assert.Equal((1, "it did not answer within 10 s"), (shown.Waiting, shown.LastFailure));
    }

    [Fact]
    public async Task SendAsync_WebhookOfOneTenantHangs_HoldsUpNoOtherAndNoSweep()
    {
        var other = TenantName.Parse("other");
        await using var hanging = await TestWebhook.StartAsync();
        hanging.Answer = null;
        await new TenantOperations(_records, _clock).EnsureAsync(other, null, default);
        await _webhooks.PutAsync(other, hanging.Url.ToString(), Secret, default);
        await _webhooks.TestAsync(other, default);
        await AddAsync(AlertState.Firing);

        var sending = _outbox.SendAsync(default);
        await Task.WhenAll(_hook.Taken, hanging.Taken).WaitAsync(Patience);
        await AddAsync(AlertState.Resolved); // what a sweep writes does not wait for it either

        Assert.False(sending.IsCompleted, "the one that hangs was given up before the other one was asked");
        await GiveUpAsync(sending);
    }

    [Fact]
    public async Task SendAsync_RefusedForADay_IsForgotten()
    {
        _hook.Answer = 500;
        await AddAsync(AlertState.Firing);
        _clock.Advance(TimeSpan.FromHours(25));

        await _outbox.SendAsync(default);

        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task AddAsync_NoWebhook_WritesNothing()
    {
        await _webhooks.DeleteAsync(Tenant, default);

        await AddAsync(AlertState.Firing);

        Assert.Empty(await DeliveriesAsync());
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://user:password@example.com/hook")]
    [InlineData("ftp://127.0.0.1/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hook")]
    public async Task PutAsync_AddressThatIsNotAllowed_IsRefused(string url) =>
        Assert.Equal("webhook-invalid", (await Assert.ThrowsAsync<RefusedException>(() => _webhooks.PutAsync(Tenant, url, Secret, default))).Code);

    [Fact]
    public async Task PutAsync_Secret_IsStoredEncryptedOnly()
    {
        await foreach (var name in _blobs.ListAsync("", null, default))
        {
            var blob = await _blobs.GetAsync(name, default);
            Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(blob!.Content.Span), StringComparison.Ordinal);
        }

        Assert.Equal("webhook-invalid", (await Assert.ThrowsAsync<RefusedException>(() => _webhooks.PutAsync(Tenant, _hook.Url.ToString(), "short", default))).Code);
    }

    private async Task GiveUpAsync(Task sending)
    {
        await _clock.PassAsync(WebhookSender.Limit, new CancellationTokenSource(Patience).Token);
        await sending.WaitAsync(Patience);
    }

    private async Task AddAsync(AlertState state)
    {
        var health = HealthJudge.Judge(Seen.Well(), null, Seen.Now);
        var alert = new Alert { Rule = FindingCodes.PodNotReady, Subject = "peer-1.org1", Severity = AlertSeverity.Critical, State = state, Since = Seen.Now, Detail = "pod is not ready" };
        await _outbox.AddAsync(health.Network, health, [alert], default);
    }

    private async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync()
    {
        List<DeliveryRecord> found = [];
        await foreach (var (_, stored) in _records.ListAsync<DeliveryRecord>(RecordNames.Deliveries, null, default))
        {
            found.Add(stored.Record);
        }

        return found;
    }
}
