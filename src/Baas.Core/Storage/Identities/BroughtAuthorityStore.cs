using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>The certificate authorities that tenants have brought, encrypted. It does not judge them.</summary>
internal sealed class BroughtAuthorityStore(SecretStore secrets)
{
    /// <summary>An authority; null when the tenant has brought none of that name.</summary>
    public async Task<BroughtAuthority?> FindAsync(TenantName tenant, CaName name, CancellationToken cancellationToken)
    {
        var scope = ArtifactNames.BroughtAuthorities(tenant);
        var secret = ArtifactNames.BroughtAuthority(name);
        return await secrets.GetAsync(scope, secret, cancellationToken) is { } content ? StorageJson.Read<BroughtAuthority>(scope.BlobOf(secret), content) : null;
    }

    /// <summary>An authority.</summary>
    /// <exception cref="StorageException">The tenant has brought none of that name (<c>authority-missing</c>).</exception>
    public async Task<BroughtAuthority> ReadAsync(TenantName tenant, CaName name, CancellationToken cancellationToken) =>
        await FindAsync(tenant, name, cancellationToken)
        ?? throw new StorageException("authority-missing", $"cannot read certificate authority \"{name}\": tenant \"{tenant}\" has brought none of that name");

    /// <summary>Stores an authority, in place of one of that name.</summary>
    public Task PutAsync(TenantName tenant, CaName name, BroughtAuthority authority, CancellationToken cancellationToken) =>
        secrets.PutAsync(ArtifactNames.BroughtAuthorities(tenant), ArtifactNames.BroughtAuthority(name), StorageJson.Write(authority), cancellationToken);

    /// <summary>The names of the tenant's authorities, in ordinal order.</summary>
    public async Task<IReadOnlyList<CaName>> ListAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        List<CaName> names = [];
        await foreach (var secret in secrets.ListAsync(ArtifactNames.BroughtAuthorities(tenant), "", cancellationToken))
        {
            names.Add(CaName.Parse(secret[..^".json".Length]));
        }

        return [.. names.OrderBy(name => name.Value, StringComparer.Ordinal)];
    }

    /// <summary>Deletes an authority; the absent counts as deleted.</summary>
    public Task DeleteAsync(TenantName tenant, CaName name, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(ArtifactNames.BroughtAuthorities(tenant), ArtifactNames.BroughtAuthority(name), cancellationToken);
}
