using System.Security.Cryptography;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.OpenSsl;

namespace Baas.Core.Tests.Pki;

public sealed class CertificateIssuerTests
{
    private static readonly string[] Hosts = ["peer-1.acme-net1-org1.svc", "127.0.4.17", "fd00::17", "peer-1.example.com"];

    [Theory]
    [InlineData(KeyAlgorithm.P256)]
    [InlineData(KeyAlgorithm.P384)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public void MakeRoot_AnyKind_IsAnAuthorityThatFabricAccepts(KeyAlgorithm algorithm)
    {
        using var root = TestPki.Root(algorithm);

        var certificate = TestPki.Read(root.Root);

        certificate.Verify(certificate.GetPublicKey());
        Assert.Equal(0, certificate.GetBasicConstraints());
        Assert.Equal([true, false, false, false, false, true, true, false, false], Padded(certificate.GetKeyUsage()));
        Assert.Contains(X509Extensions.BasicConstraints.Id, Critical(certificate));
        Assert.Contains(X509Extensions.KeyUsage.Id, Critical(certificate));
        Assert.Equal(SubjectKeyId(certificate), IssuerKeyId(certificate));
        Assert.Equal("O=org1.net1.acme,CN=ca.org1", certificate.SubjectDN.ToString());
        Assert.Equal(certificate.SubjectDN, certificate.IssuerDN);
        Assert.Equal(3, certificate.Version);
        Assert.Empty(root.Intermediates);
        Assert.Equal(algorithm, KindOf(certificate));
    }

    [Theory]
    [InlineData("orderer")]
    [InlineData("peer")]
    [InlineData("admin")]
    [InlineData("client")]
    public void Issue_SigningProfile_HasExactlyOneRole(string unit)
    {
        using var root = TestPki.Root();
        CertificateProfile[] profiles = [CertificateProfile.Orderer, CertificateProfile.Peer, CertificateProfile.Admin, CertificateProfile.Client];

        var certificate = TestPki.Read(TestPki.Leaf(root, profiles.Single(profile => profile.Unit == unit)).CertificatePem);

        certificate.Verify(TestPki.Read(root.Root).GetPublicKey());
        Assert.Equal([unit], certificate.SubjectDN.GetValueList(X509Name.OU).Cast<string>());
        Assert.Equal(["peer-1.org1"], certificate.SubjectDN.GetValueList(X509Name.CN).Cast<string>());
        Assert.Equal(-1, certificate.GetBasicConstraints());
        Assert.Equal([true, false, false, false, false, false, false, false, false], Padded(certificate.GetKeyUsage()));
        Assert.Null(certificate.GetExtendedKeyUsage());
        Assert.Null(certificate.GetSubjectAlternativeNames());
        Assert.Equal(SubjectKeyId(TestPki.Read(root.Root)), IssuerKeyId(certificate));
        Assert.NotEqual(SubjectKeyId(certificate), IssuerKeyId(certificate));
        Assert.Equal(certificate.IssuerDN, TestPki.Read(root.Root).SubjectDN);
    }

    [Fact]
    public void Issue_TlsNode_CarriesEveryNameAndAddress()
    {
        using var root = TestPki.Root();

        var certificate = TestPki.Read(TestPki.Leaf(root, CertificateProfile.TlsNode, Hosts).CertificatePem);

        var names = certificate.GetSubjectAlternativeNames().Cast<System.Collections.IList>().Select(name => ((int)name[0]!, (string)name[1]!)).ToList();
        Assert.Equal([(GeneralName.DnsName, Hosts[0]), (GeneralName.DnsName, Hosts[3])], names.Where(name => name.Item1 == GeneralName.DnsName));
        Assert.Equal([Hosts[1], Hosts[2]], names.Where(name => name.Item1 == GeneralName.IPAddress).Select(name => name.Item2));
        Assert.Equal([KeyPurposeID.id_kp_serverAuth.Id, KeyPurposeID.id_kp_clientAuth.Id], Purposes(certificate));
    }

    [Fact]
    public void Issue_TlsOfUsersAndServers_HaveOnePurpose()
    {
        using var root = TestPki.Root();

        Assert.Equal([KeyPurposeID.id_kp_clientAuth.Id], Purposes(TestPki.Read(TestPki.Leaf(root, CertificateProfile.TlsClient).CertificatePem)));
        Assert.Equal([KeyPurposeID.id_kp_serverAuth.Id], Purposes(TestPki.Read(TestPki.Leaf(root, CertificateProfile.TlsServer, "cc").CertificatePem)));
    }

    [Fact]
    public void Issue_Many_SerialsDifferAndSignaturesAreLow()
    {
        using var root = TestPki.Root();
        var half = ((ECPublicKeyParameters)TestPki.Read(root.Root).GetPublicKey()).Parameters.N.ShiftRight(1);

        var certificates = Enumerable.Range(0, 32).Select(_ => TestPki.Read(TestPki.Leaf(root, CertificateProfile.Peer).CertificatePem)).ToList();

        Assert.Equal(32, certificates.Select(certificate => certificate.SerialNumber).Distinct().Count());
        Assert.All(certificates, certificate =>
        {
            Assert.Equal(20, certificate.SerialNumber.ToByteArray().Length);
            Assert.Equal(1, certificate.SerialNumber.SignValue);
            Assert.True(S(certificate.GetSignature()).CompareTo(half) <= 0);
            certificate.Verify(TestPki.Read(root.Root).GetPublicKey());
        });
    }

    [Fact]
    public void Issue_Always_KeyIsPkcs8AndBelongsToTheCertificate()
    {
        using var root = TestPki.Root();

        var issued = TestPki.Leaf(root, CertificateProfile.Peer);

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", issued.PrivateKeyPem, StringComparison.Ordinal);
        var key = (ECPrivateKeyParameters)new PemReader(new StringReader(issued.PrivateKeyPem)).ReadObject();
        var expected = key.Parameters.G.Multiply(key.D).Normalize();
        Assert.Equal(expected, ((ECPublicKeyParameters)TestPki.Read(issued.CertificatePem).GetPublicKey()).Q.Normalize());
        Assert.DoesNotContain("PRIVATE", issued.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyAlgorithm.P256, KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.Ed25519, KeyAlgorithm.P256)]
    [InlineData(KeyAlgorithm.Ed25519, KeyAlgorithm.Ed25519)]
    public void Issue_KindsOfIssuerAndLeaf_MayDiffer(KeyAlgorithm above, KeyAlgorithm below)
    {
        using var root = TestPki.Root(above);
        var request = new LeafRequest { Profile = CertificateProfile.Peer, CommonName = "peer-1.org1", Organization = "org1", Algorithm = below, Validity = TimeSpan.FromDays(1) };

        var issued = TestPki.Issuer.Issue(root, request);
        var renewed = TestPki.Issuer.Issue(root, request with { PrivateKeyPem = issued.PrivateKeyPem });

        foreach (var certificate in new[] { issued, renewed }.Select(one => TestPki.Read(one.CertificatePem)))
        {
            certificate.Verify(TestPki.Read(root.Root).GetPublicKey());
            Assert.Equal(below, KindOf(certificate));
            Assert.Equal(TestPki.Read(issued.CertificatePem).GetPublicKey(), certificate.GetPublicKey());
        }
    }

    [Fact]
    public void Issue_KeyIsGiven_KeepsIt()
    {
        using var root = TestPki.Root();
        var first = TestPki.Leaf(root, CertificateProfile.TlsNode, "one");

        var second = TestPki.Issuer.Issue(root, new LeafRequest
        {
            Profile = CertificateProfile.TlsNode,
            CommonName = "peer-1.org1",
            Organization = "org1",
            Validity = TimeSpan.FromDays(1),
            Hosts = ["two"],
            PrivateKeyPem = first.PrivateKeyPem,
        });

        Assert.Equal(first.PrivateKeyPem, second.PrivateKeyPem);
        Assert.Equal(TestPki.Read(first.CertificatePem).GetPublicKey(), TestPki.Read(second.CertificatePem).GetPublicKey());
        Assert.Equal(CertificateFacts.Parse(first.CertificatePem).KeyId, CertificateFacts.Parse(second.CertificatePem).KeyId);
    }

    [Fact]
    public void Issue_WouldOutliveItsAuthority_EndsWithIt()
    {
        using var root = TestPki.Root(days: 30);

        var leaf = CertificateFacts.Parse(TestPki.Leaf(root, CertificateProfile.Peer).CertificatePem);
        using var below = TestPki.Below(root);

        Assert.Equal(root.NotAfter, leaf.NotAfter);
        Assert.Equal(root.NotAfter, below.NotAfter);
        Assert.True(leaf.NotBefore <= DateTimeOffset.UtcNow.AddMinutes(-30) && leaf.NotBefore >= root.NotBefore);
    }

    [Fact]
    public void Issue_AuthorityHasExpired_IsRefused()
    {
        using var root = TestPki.Root(days: 1);
        var later = new CertificateIssuer(new TestClock(DateTimeOffset.UtcNow.AddDays(2)));

        var failure = Assert.Throws<PkiException>(() =>
            later.Issue(root, new LeafRequest { Profile = CertificateProfile.Peer, CommonName = "a", Organization = "b", Validity = TimeSpan.FromDays(1) }));

        Assert.Equal("authority-expired", failure.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("bäcker.example")]
    [InlineData("host:7050")]
    public void Issue_HostIsNone_IsRefused(string host)
    {
        using var root = TestPki.Root();

        Assert.Equal("host-invalid", Assert.Throws<PkiException>(() => TestPki.Leaf(root, CertificateProfile.TlsNode, host)).Code);
    }

    [Fact]
    public void MakeRoot_ValidForAHundredYears_IsReadable()
    {
        using var root = TestPki.Root(days: 36_525);

        Assert.Equal(DateTimeOffset.UtcNow.AddDays(36_525).Year, TestPki.Read(root.Root).NotAfter.Year);
    }

    [Fact]
    public void Issue_BelowAnIntermediate_LeadsToTheRoot()
    {
        using var root = Brought.Root();
        using var below = TestPki.Below(root);

        var leaf = TestPki.Read(TestPki.Leaf(below, CertificateProfile.Peer).CertificatePem);

        leaf.Verify(TestPki.Read(below.Intermediates[0]).GetPublicKey());
        TestPki.Read(below.Intermediates[0]).Verify(TestPki.Read(root.Root).GetPublicKey());
        Assert.Equal(root.Root, below.Root);
        Assert.Single(below.Intermediates);
    }

    [Fact]
    public void Open_TextsOfStrangers_IsRefusedWithoutQuotingThem()
    {
        foreach (var (chain, key) in new[] { ("", ""), ("no pem", "no pem"), (Brought.RootPem, "-----BEGIN PRIVATE KEY-----\nSECRET==\n-----END PRIVATE KEY-----\n") })
        {
            var failure = Assert.Throws<PkiException>(() => CertificateAuthority.Open(chain, key));

            Assert.Equal("authority-invalid", failure.Code);
            Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_NoCertificate_IsRefused() => Assert.Equal("certificate-invalid", Assert.Throws<PkiException>(() => CertificateFacts.Parse("nothing")).Code);

    [Fact]
    public void Parse_Leaf_TellsFacts()
    {
        using var root = TestPki.Root();
        var pem = TestPki.Leaf(root, CertificateProfile.TlsNode, Hosts).CertificatePem;

        var facts = CertificateFacts.Parse(pem);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TestPki.Read(pem).GetEncoded())), facts.Fingerprint);
        Assert.Equal(Hosts.Order(), facts.Hosts.Order());
        Assert.False(facts.IsAuthority);
        Assert.True(CertificateFacts.Parse(root.Root).IsAuthority);
        Assert.Equal(TestPki.Read(pem).SerialNumber, new BigInteger(facts.SerialNumber, 16));
        Assert.True(TestPki.Issuer.IsCurrent(pem, root, Hosts.Reverse().ToArray()));
        Assert.False(TestPki.Issuer.IsCurrent(pem, root, [.. Hosts, "more"]));
        using var other = TestPki.Root();
        Assert.False(TestPki.Issuer.IsCurrent(pem, other, Hosts));
        Assert.False(new CertificateIssuer(new TestClock(DateTimeOffset.UtcNow.AddDays(366))).IsCurrent(pem, root, Hosts));
    }

    private static KeyAlgorithm KindOf(Org.BouncyCastle.X509.X509Certificate certificate) => certificate.GetPublicKey() switch
    {
        Ed25519PublicKeyParameters => KeyAlgorithm.Ed25519,
        ECPublicKeyParameters { Parameters.Curve.FieldSize: 384 } => KeyAlgorithm.P384,
        ECPublicKeyParameters { Parameters.Curve.FieldSize: 256 } => KeyAlgorithm.P256,
        var other => throw new InvalidOperationException($"unknown key {other}"),
    };

    private static bool[] Padded(bool[] usages) => [.. usages, .. new bool[9 - usages.Length]];

    private static string[] Critical(Org.BouncyCastle.X509.X509Certificate certificate) => [.. certificate.GetCriticalExtensionOids().Cast<string>()];

    private static string[] Purposes(Org.BouncyCastle.X509.X509Certificate certificate) =>
        [.. certificate.GetExtendedKeyUsage().Cast<object>().Select(purpose => purpose.ToString()!)];

    private static string SubjectKeyId(Org.BouncyCastle.X509.X509Certificate certificate) =>
        Convert.ToHexString(SubjectKeyIdentifier.GetInstance(Inner(certificate, X509Extensions.SubjectKeyIdentifier)).GetKeyIdentifier());

    private static string IssuerKeyId(Org.BouncyCastle.X509.X509Certificate certificate) =>
        Convert.ToHexString(AuthorityKeyIdentifier.GetInstance(Inner(certificate, X509Extensions.AuthorityKeyIdentifier)).KeyIdentifier.GetOctets());

    private static Asn1Object Inner(Org.BouncyCastle.X509.X509Certificate certificate, DerObjectIdentifier extension) =>
        Asn1Object.FromByteArray(certificate.GetExtensionValue(extension).GetOctets());

    private static BigInteger S(byte[] signature) => ((DerInteger)((Asn1Sequence)Asn1Object.FromByteArray(signature))[1]).Value;
}
