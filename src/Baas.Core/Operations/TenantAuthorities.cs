using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations;

/// <summary>Takes, shows and forgets the certificate authorities that tenants bring: a root, or an intermediate with its chain.</summary>
internal sealed class TenantAuthorities(TenantOperations tenants, BroughtAuthorityStore authorities, CertificateIssuer issuer)
{
    /// <summary>Stores an authority, encrypted, in place of one of that name. Networks that are there keep what it has issued.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, or Fabric could not use the authority: the code says why.</exception>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="name">How specifications will refer to it.</param>
    /// <param name="chainPem">Its certificate, followed by its issuers up to the self-signed root.</param>
    /// <param name="privateKeyPem">Its key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<TenantAuthority> PutAsync(TenantName tenant, CaName name, string chainPem, string privateKeyPem, CancellationToken cancellationToken)
    {
        var brought = new BroughtAuthority(chainPem, privateKeyPem);
        await tenants.GetAsync(tenant, cancellationToken);
        var judged = Judge(name, brought);
        await authorities.PutAsync(tenant, name, brought, cancellationToken);
        return judged;
    }

    /// <summary>An authority, without its key.</summary>
    /// <exception cref="RefusedException"><c>authority-not-found</c>.</exception>
    public async Task<TenantAuthority> GetAsync(TenantName tenant, CaName name, CancellationToken cancellationToken) =>
        await authorities.FindAsync(tenant, name, cancellationToken) is { } brought
            ? Show(name, brought.ChainPem)
            : throw new RefusedException(RefusalKind.NotFound, "authority-not-found", $"cannot find certificate authority \"{name}\"");

    /// <summary>A tenant's authorities in the order of their names.</summary>
    public async Task<IReadOnlyList<TenantAuthority>> ListAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        List<TenantAuthority> found = [];
        foreach (var name in await authorities.ListAsync(tenant, cancellationToken))
        {
            found.Add(await GetAsync(tenant, name, cancellationToken));
        }

        return found;
    }

    /// <summary>Forgets an authority; the absent counts as forgotten.</summary>
    public Task DeleteAsync(TenantName tenant, CaName name, CancellationToken cancellationToken) => authorities.DeleteAsync(tenant, name, cancellationToken);

    private TenantAuthority Judge(CaName name, BroughtAuthority brought)
    {
        try
        {
            using var opened = issuer.OpenBrought(brought.ChainPem, brought.PrivateKeyPem);
            return Show(name, brought.ChainPem);
        }
        catch (PkiException unusable)
        {
            throw new RefusedException(RefusalKind.Invalid, unusable.Code, unusable.Message);
        }
    }

    private static TenantAuthority Show(CaName name, string chainPem)
    {
        var facts = CertificateFacts.Parse(chainPem);
        return new TenantAuthority(name, facts.Subject, facts.Issuer, facts.NotAfter, facts.Fingerprint);
    }
}
