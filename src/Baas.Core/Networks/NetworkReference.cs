namespace Baas.Core.Networks;

/// <summary>Names one network among all tenants'.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Network">Its name within the tenant.</param>
public sealed record NetworkReference(TenantName Tenant, NetworkName Network)
{
    /// <summary>The Kubernetes namespace of one of its organizations: at most 62 characters, as each part has at most 20.</summary>
    /// <param name="organization">The organization.</param>
    public string NamespaceOf(OrganizationName organization) => $"{Tenant}-{Network}-{organization}";

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Network}";
}
