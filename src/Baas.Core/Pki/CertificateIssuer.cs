using System.Security.Cryptography.X509Certificates;
using Baas.Core.Keys;

namespace Baas.Core.Pki;

/// <summary>Makes certificate authorities and issues certificates, as of now.</summary>
internal sealed class CertificateIssuer(TimeProvider clock)
{
    // Clocks of nodes differ from ours; a certificate from the future would be refused.
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    /// <summary>Makes a root authority with a key of its own.</summary>
    public CertificateAuthority MakeRoot(AuthorityRequest request)
    {
        var key = PrivateKeys.Create(request.Algorithm);
        var now = Now();
        var publicKey = key.PublicKeyInfo;
        var name = NameOf(request.Organization, null, request.CommonName);
        var certificate = CertificateWriter.Write(
            new CertificateContent
            {
                Profile = CertificateProfile.Authority,
                Subject = name,
                Issuer = name,
                PublicKey = publicKey,
                IssuerKeyId = PrivateKeys.IdOf(publicKey),
                NotBefore = now - Backdating,
                NotAfter = now + request.Validity,
            },
            key);
        return CertificateAuthority.Make([CertificatePem.Of(certificate)], key);
    }

    /// <summary>Makes an authority below another one, with a key of its own.</summary>
    /// <exception cref="PkiException">The issuer is not valid now (<c>authority-expired</c>).</exception>
    public CertificateAuthority MakeIntermediate(CertificateAuthority issuer, AuthorityRequest request)
    {
        var validity = ValidityBelow(issuer, request.Validity);
        var key = PrivateKeys.Create(request.Algorithm);
        var subject = NameOf(request.Organization, null, request.CommonName);
        var certificate = issuer.Issue(CertificateProfile.Authority, subject, key.PublicKeyInfo, validity, []);
        return CertificateAuthority.Make([certificate, .. issuer.Chain], key);
    }

    /// <summary>Opens an authority that a customer has brought, if Fabric can use it now.</summary>
    /// <exception cref="PkiException">Fabric could not use it; the code says why.</exception>
    public CertificateAuthority OpenBrought(string chainPem, string privateKeyPem) => CertificateAuthority.OpenBrought(chainPem, privateKeyPem, Now());

    /// <summary>Issues a certificate of a node or user.</summary>
    /// <exception cref="PkiException">The issuer is not valid now (<c>authority-expired</c>), or a host is none (<c>host-invalid</c>).</exception>
    public IssuedCertificate Issue(CertificateAuthority issuer, LeafRequest request)
    {
        var validity = ValidityBelow(issuer, request.Validity);
        using var key = request.PrivateKeyPem is { } pem ? PrivateKeys.Read(pem) : PrivateKeys.Create(request.Algorithm);
        var subject = NameOf(request.Organization, request.Profile.Unit, request.CommonName);
        var certificate = issuer.Issue(request.Profile, subject, key.PublicKeyInfo, validity, request.Hosts);
        return new IssuedCertificate(certificate, request.PrivateKeyPem ?? key.ToPem());
    }

    /// <summary>Whether a certificate is valid now, was issued by this authority, and stands for these hosts and no others.</summary>
    public bool IsCurrent(string certificatePem, CertificateAuthority issuer, IReadOnlyList<string> hosts)
    {
        var facts = CertificateFacts.Parse(certificatePem);
        return facts.NotAfter > Now()
            && facts.IssuerKeyId == Convert.ToHexStringLower(issuer.KeyId)
            && facts.Hosts.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(hosts.Select(CertificateFacts.HostText));
    }

    private (DateTimeOffset From, DateTimeOffset Until) ValidityBelow(CertificateAuthority issuer, TimeSpan wanted)
    {
        var now = Now();
        if (issuer.NotAfter <= now)
        {
            throw new PkiException("authority-expired", $"cannot issue certificate: the certificate authority has expired at {issuer.NotAfter:u}");
        }

        var from = now - Backdating;
        var until = now + wanted;
        return (from < issuer.NotBefore ? issuer.NotBefore : from, until > issuer.NotAfter ? issuer.NotAfter : until);
    }

    private DateTimeOffset Now() => clock.GetUtcNow();

    private static byte[] NameOf(string organization, string? unit, string commonName)
    {
        // Written most specific first: the builder turns the order round.
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        if (unit is not null)
        {
            name.AddOrganizationalUnitName(unit);
        }

        name.AddOrganizationName(organization);
        return name.Build().RawData;
    }
}
