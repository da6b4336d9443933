using System.Text;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Baas.Core.Tests.Pki;

public sealed class CertificateRevocationsTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [Theory]
    [InlineData(KeyAlgorithm.P256)]
    [InlineData(KeyAlgorithm.P384)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public void Add_Twice_KeepsFormerEntriesAndCountsUp(KeyAlgorithm algorithm)
    {
        using var root = TestPki.Root(algorithm);
        string[] leaves = [.. Enumerable.Range(0, 3).Select(_ => TestPki.Leaf(root, CertificateProfile.Client).CertificatePem)];

        var first = CertificateRevocations.Add(root, null, [leaves[0]], DateTimeOffset.UtcNow, Month);
        var second = CertificateRevocations.Add(root, first, [leaves[0], leaves[1]], DateTimeOffset.UtcNow, Month);

        var list = Read(second);
        list.Verify(TestPki.Read(root.Root).GetPublicKey());
        Assert.True(list.IsRevoked(TestPki.Read(leaves[0])));
        Assert.True(list.IsRevoked(TestPki.Read(leaves[1])));
        Assert.False(list.IsRevoked(TestPki.Read(leaves[2])));
        Assert.Equal(2, list.GetRevokedCertificates().Count);
        Assert.NotNull(list.GetExtensionValue(X509Extensions.AuthorityKeyIdentifier)); // Fabric finds the authority by it
        Assert.NotEqual(Read(first).GetExtensionValue(X509Extensions.CrlNumber), list.GetExtensionValue(X509Extensions.CrlNumber));
    }

    [Fact]
    public void Add_Nothing_IsAnEmptyList()
    {
        using var root = TestPki.Root();

        Assert.Null(Read(CertificateRevocations.Add(root, null, [], DateTimeOffset.UtcNow, Month)).GetRevokedCertificates());
    }

    [Fact]
    public void Add_CertificateOfAnotherAuthority_IsRefused()
    {
        using var root = TestPki.Root();
        using var other = TestPki.Root();
        var leaf = TestPki.Leaf(other, CertificateProfile.Client).CertificatePem;

        Assert.Equal("certificate-foreign", Assert.Throws<PkiException>(() => CertificateRevocations.Add(root, null, [leaf], DateTimeOffset.UtcNow, Month)).Code);
        Assert.Equal("certificate-invalid", Assert.Throws<PkiException>(() => CertificateRevocations.Add(root, "no list", [], DateTimeOffset.UtcNow, Month)).Code);
    }

    private static X509Crl Read(string pem) => new X509CrlParser().ReadCrl(Encoding.ASCII.GetBytes(pem));
}
