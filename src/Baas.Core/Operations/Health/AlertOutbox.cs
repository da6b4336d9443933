using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Health;

/// <summary>Messages for tenants' webhooks: written when an alert changes, sent until the webhook has taken them.</summary>
internal sealed class AlertOutbox(RecordStore records, SecretStore secrets, WebhookSender sender, TimeProvider clock)
{
    /// <summary>The secret's name within its scope.</summary>
    public const string SecretName = "secret.txt";

    private const int Tenants = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivenUp = TimeSpan.FromHours(24);

    /// <summary>Writes a message for each alert that has changed, when the tenant has a webhook.</summary>
    public async Task AddAsync(NetworkReference network, NetworkHealth health, IReadOnlyList<Alert> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0 || await records.GetAsync<WebhookRecord>(RecordNames.Webhook(network.Tenant), cancellationToken) is null)
        {
            return;
        }

        foreach (var alert in changed)
        {
            var message = new AlertMessage("alert", network.Tenant, network.Network, health.State, alert, health.CheckedAt);
            await PutAsync(network.Tenant, network.Network, message, IdOf(network, alert), cancellationToken);
        }
    }

    /// <summary>Writes a test message.</summary>
    /// <returns>The id of the delivery.</returns>
    public async Task<string> AddTestAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        var id = $"test-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}";
        await PutAsync(tenant, null, new AlertMessage("test", tenant, null, null, null, clock.GetUtcNow()), id, cancellationToken);
        return id;
    }

    /// <summary>How many messages of a tenant wait, and why the first of them could not be handed over.</summary>
    public async Task<(int Count, string? LastFailure)> WaitingAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        List<DeliveryRecord> waiting = [];
        await foreach (var (_, stored) in records.ListAsync<DeliveryRecord>(RecordNames.DeliveriesOf(tenant), null, cancellationToken))
        {
            waiting.Add(stored.Record);
        }

        return (waiting.Count, waiting.MinBy(message => message.CreatedAt)?.LastFailure);
    }

    /// <summary>Sends what is due. One tenant's webhook that hangs holds up no other's.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        Dictionary<TenantName, List<DeliveryRecord>> due = [];
        await foreach (var (_, stored) in records.ListAsync<DeliveryRecord>(RecordNames.Deliveries, null, cancellationToken))
        {
            if (!due.TryGetValue(stored.Record.Tenant, out var messages))
            {
                due.Add(stored.Record.Tenant, messages = []);
            }

            messages.Add(stored.Record);
        }

        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = Tenants, CancellationToken = cancellationToken },
            async (tenant, stop) => await SendAsync(tenant.Key, tenant.Value, stop));
    }

    private async Task SendAsync(TenantName tenant, List<DeliveryRecord> messages, CancellationToken cancellationToken)
    {
        var webhook = (await records.GetAsync<WebhookRecord>(RecordNames.Webhook(tenant), cancellationToken))?.Record;
        var secret = await secrets.GetAsync(ArtifactNames.Webhook(tenant), SecretName, cancellationToken);
        foreach (var message in messages.OrderBy(message => message.CreatedAt).ThenBy(message => message.Id, StringComparer.Ordinal))
        {
            var now = clock.GetUtcNow();
            if (webhook is null || secret is null)
            {
                await ForgetAsync(message, cancellationToken); // the tenant wants none any more
                continue;
            }

            if (message.DueAt > now)
            {
                return; // in their order: "resolved" must not come before "fires"
            }

            var failure = await sender.SendAsync(webhook.Url, Encoding.UTF8.GetString(secret), message.Id, message.Body, cancellationToken);
            if (failure is null || now - message.CreatedAt > GivenUp)
            {
                await ForgetAsync(message, cancellationToken);
                continue;
            }

            await PostponeAsync(message, failure, cancellationToken);
            return;
        }
    }

    private async Task PostponeAsync(DeliveryRecord message, string failure, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, message.Attempts)));
        await records.ChangeAsync<DeliveryRecord>(
            RecordNames.Delivery(message.Tenant, message.Id),
            record => record with { Attempts = record.Attempts + 1, DueAt = clock.GetUtcNow() + pause, LastFailure = failure },
            cancellationToken);
    }

    private Task ForgetAsync(DeliveryRecord message, CancellationToken cancellationToken) =>
        records.DeleteAsync(RecordNames.Delivery(message.Tenant, message.Id), BlobCondition.None, cancellationToken);

    private async Task PutAsync(TenantName tenant, NetworkName? network, AlertMessage message, string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var record = new DeliveryRecord
        {
            Id = id,
            Tenant = tenant,
            Network = network,
            Body = JsonSerializer.Serialize(message, NetworkJson.Options),
            CreatedAt = now,
            DueAt = now,
        };
        await records.PutIfAbsentAsync(RecordNames.Delivery(tenant, id), record, cancellationToken);
    }

    private static string IdOf(NetworkReference network, Alert alert)
    {
        var text = $"{network}\n{alert.Rule}\n{alert.Subject}\n{alert.State}\n{alert.Since.UtcTicks}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
