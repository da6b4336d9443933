namespace Baas.Cli.Settings;

/// <summary>Which service is meant, for which tenant, and with which key.</summary>
/// <param name="Server">The service's address.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="ApiKey">The key; null when none is known.</param>
internal sealed record ServiceAddress(Uri Server, string Tenant, string? ApiKey)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"{Server} as {Tenant}";
}
