using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Certificates;

/// <summary>
/// Issues the certificates of one organization. What is stored and still fits is kept as it is; what does not fit any more gets a new
/// certificate for its key, never a new key.
/// </summary>
internal sealed class IdentityKeys : IDisposable
{
    private readonly CertificateIssuer _issuer;
    private readonly CertificateAuthority _signing;
    private readonly CertificateAuthority _tls;
    private readonly CaSpec _ca;
    private readonly string _organization;

    public IdentityKeys(CertificateIssuer issuer, AuthorityKeys authority, CaSpec ca, string organization)
    {
        _issuer = issuer;
        _signing = CertificateAuthority.Open(authority.Signing.CertificatePem, authority.Signing.PrivateKeyPem);
        _tls = CertificateAuthority.Open(authority.Tls.CertificatePem, authority.Tls.PrivateKeyPem);
        _ca = ca;
        _organization = organization;
    }

    /// <summary>What an organization is called in certificates; different networks have different names.</summary>
    public static string OrganizationOf(NetworkReference network, OrganizationName organization) => $"{organization}.{network.Network}.{network.Tenant}";

    /// <summary>A certificate of the signing side, without its issuers: Fabric refuses an identity with anything behind its certificate.</summary>
    public KeyPair Signing(CertificateProfile profile, string name, KeyPair? former) =>
        former is not null && _issuer.IsCurrent(former.CertificatePem, _signing, [])
            ? former
            : Pair(_issuer.Issue(_signing, Request(profile, name, [], former)), []);

    /// <summary>A certificate of the TLS side, followed by the issuers below the root.</summary>
    public KeyPair Tls(CertificateProfile profile, string name, IReadOnlyList<string> hosts, KeyPair? former) =>
        former is not null && _issuer.IsCurrent(former.CertificatePem, _tls, hosts)
            ? former
            : Pair(_issuer.Issue(_tls, Request(profile, name, hosts, former)), _tls.Intermediates);

    /// <summary>The certificate that follows a former one, expired or not: the same key, holder and hosts, and its time begins anew.</summary>
    public KeyPair Renewed(CertificateProfile profile, string name, KeyPair former) => profile.Unit is not null
        ? Pair(_issuer.Issue(_signing, Request(profile, name, [], former)), [])
        : Pair(_issuer.Issue(_tls, Request(profile, name, CertificateFacts.Parse(former.CertificatePem).Hosts, former)), _tls.Intermediates);

    /// <summary>What a node's signing certificate may be used for; null for nodes that sign nothing.</summary>
    /// <remarks>Chaincode servers ask their peer for no certificate, either: its key would lie readable in the chaincode package.</remarks>
    public static CertificateProfile? ProfileOf(NodeRole role) => role switch
    {
        NodeRole.Orderer => CertificateProfile.Orderer,
        NodeRole.Peer => CertificateProfile.Peer,
        _ => null,
    };

    public void Dispose()
    {
        _signing.Dispose();
        _tls.Dispose();
    }

    private LeafRequest Request(CertificateProfile profile, string name, IReadOnlyList<string> hosts, KeyPair? former) => new()
    {
        Profile = profile,
        CommonName = name,
        Organization = _organization,
        Algorithm = profile.Unit is null ? _ca.TlsAlgorithm : _ca.Algorithm,
        Validity = _ca.Validity.ToTimeSpan(),
        Hosts = [.. hosts.Distinct(StringComparer.OrdinalIgnoreCase)],
        PrivateKeyPem = former?.PrivateKeyPem,
    };

    private static KeyPair Pair(IssuedCertificate issued, IReadOnlyList<string> issuers) => new(issued.CertificatePem + string.Concat(issuers), issued.PrivateKeyPem);
}
