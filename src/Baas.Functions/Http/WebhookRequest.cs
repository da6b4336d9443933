namespace Baas.Functions.Http;

/// <summary>Where a tenant's alerts shall go.</summary>
/// <param name="Url">The address: https, or http on a loopback address.</param>
/// <param name="Secret">What messages are signed with, 16 to 512 characters.</param>
public sealed record WebhookRequest(string Url, string Secret)
{
    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => "WebhookRequest";
}
