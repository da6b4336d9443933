using System.Text;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Health;

/// <summary>Sets where a tenant's alerts go.</summary>
internal sealed class Webhooks(RecordStore records, SecretStore secrets, TenantOperations tenants, AlertOutbox outbox, TimeProvider clock)
{
    private const int MinSecret = 16;
    private const int MaxSecret = 512;
    private const int MaxUrl = 2000;

    /// <summary>The tenant's webhook, without its secret, and what waits for it.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, <c>webhook-not-found</c>.</exception>
    public async Task<WebhookView> GetAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        await tenants.GetAsync(tenant, cancellationToken);
        var webhook = (await records.GetAsync<WebhookRecord>(RecordNames.Webhook(tenant), cancellationToken))?.Record
            ?? throw new RefusedException(RefusalKind.NotFound, "webhook-not-found", $"cannot find a webhook of tenant \"{tenant}\": none is set");
        var (waiting, failure) = await outbox.WaitingAsync(tenant, cancellationToken);
        return new WebhookView(webhook.Url, webhook.ChangedAt, waiting, failure);
    }

    /// <summary>Sets the tenant's webhook in place of the former.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, <c>webhook-invalid</c>.</exception>
    public async Task<WebhookView> PutAsync(TenantName tenant, string url, string secret, CancellationToken cancellationToken)
    {
        await tenants.GetAsync(tenant, cancellationToken);
        if (url.Length > MaxUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || !WebhookSender.IsAllowed(address))
        {
            throw Invalid("its url has to be an absolute https address without user and password, or http on a loopback address");
        }

        if (secret.Length is < MinSecret or > MaxSecret)
        {
            throw Invalid($"its secret has to have {MinSecret} to {MaxSecret} characters");
        }

        await secrets.PutAsync(ArtifactNames.Webhook(tenant), AlertOutbox.SecretName, Encoding.UTF8.GetBytes(secret), cancellationToken);
        await records.PutAsync(RecordNames.Webhook(tenant), new WebhookRecord(address, clock.GetUtcNow()), BlobCondition.None, cancellationToken);
        return await GetAsync(tenant, cancellationToken);
    }

    /// <summary>Forgets the tenant's webhook; the absent counts as forgotten. Messages that wait for it go, too.</summary>
    public async Task DeleteAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        await records.DeleteAsync(RecordNames.Webhook(tenant), BlobCondition.None, cancellationToken);
        await secrets.DeleteAsync(ArtifactNames.Webhook(tenant), AlertOutbox.SecretName, cancellationToken);
    }

    /// <summary>Sends a test message with the next delivery.</summary>
    /// <returns>The id of the delivery.</returns>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, <c>webhook-not-found</c>.</exception>
    public async Task<string> TestAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        await GetAsync(tenant, cancellationToken);
        return await outbox.AddTestAsync(tenant, cancellationToken);
    }

    private static RefusedException Invalid(string why) => new(RefusalKind.Invalid, "webhook-invalid", $"cannot set the webhook: {why}");
}
