using System.Text;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Org.BouncyCastle.X509;

namespace Baas.Core.Tests.Pki;

/// <summary>What the tests of the PKI share.</summary>
internal static class TestPki
{
    public static CertificateIssuer Issuer { get; } = new(TimeProvider.System);

    public static CertificateAuthority Root(KeyAlgorithm algorithm = KeyAlgorithm.P256, double days = 3650) =>
        Issuer.MakeRoot(new AuthorityRequest("ca.org1", "org1.net1.acme", algorithm, TimeSpan.FromDays(days)));

    public static CertificateAuthority Below(CertificateAuthority issuer, double days = 3650) =>
        Issuer.MakeIntermediate(issuer, new AuthorityRequest("tlsca.org1", "org1.net1.acme", KeyAlgorithm.P256, TimeSpan.FromDays(days)));

    public static IssuedCertificate Leaf(CertificateAuthority authority, CertificateProfile profile, params string[] hosts) => Issuer.Issue(authority, new LeafRequest
    {
        Profile = profile,
        CommonName = "peer-1.org1",
        Organization = "org1.net1.acme",
        Validity = TimeSpan.FromDays(365),
        Hosts = hosts,
    });

    /// <summary>The certificate as BouncyCastle reads it: independent of the platform and of the code under test.</summary>
    public static X509Certificate Read(string pem) => new X509CertificateParser().ReadCertificate(Encoding.ASCII.GetBytes(pem));
}
