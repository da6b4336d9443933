using System.Security.Cryptography;
using Baas.Core.Fabric.Identities;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Tests.Pki;
using Org.BouncyCastle.Crypto.Parameters;

namespace Baas.Core.Tests.Fabric.Identities;

public sealed class SignersTests
{
    private static readonly MspId Msp = MspId.Parse("Org1MSP");

    [Fact]
    public void FromPem_Ed25519_SignsTheMessageItself()
    {
        var issued = Issue(KeyAlgorithm.Ed25519);
        using var signer = Signers.FromPem(Msp, issued.CertificatePem, issued.PrivateKeyPem);

        var signatures = Enumerable.Range(0, 50).AsParallel().Select(_ => signer.Sign("a proposal"u8)).ToList(); // from many threads: always the same

        var verifier = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
        verifier.Init(forSigning: false, (Ed25519PublicKeyParameters)TestPki.Read(issued.CertificatePem).GetPublicKey());
        verifier.BlockUpdate("a proposal"u8);
        Assert.IsType<Ed25519Signer>(signer);
        Assert.True(verifier.VerifySignature(signatures[0]));
        Assert.All(signatures, signature => Assert.Equal(signatures[0], signature));
        Assert.Equal(issued.CertificatePem, signer.Identity.CertificatePem);
    }

    [Theory]
    [InlineData(KeyAlgorithm.P256)]
    [InlineData(KeyAlgorithm.P384)]
    public void FromPem_Ecdsa_SignsAsBefore(KeyAlgorithm algorithm)
    {
        var issued = Issue(algorithm);
        using var signer = Signers.FromPem(Msp, issued.CertificatePem, issued.PrivateKeyPem);

        Assert.IsType<EcdsaSigner>(signer);
    }

    [Fact]
    public void FromPem_NoKeyThatFabricAccepts_Throws()
    {
        var issued = Issue(KeyAlgorithm.Ed25519);
        using var rsa = RSA.Create(2048);

        Assert.Throws<CryptographicException>(() => Signers.FromPem(Msp, issued.CertificatePem, rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => Signers.FromPem(Msp, issued.CertificatePem, "no PEM"));
    }

    private static IssuedCertificate Issue(KeyAlgorithm algorithm)
    {
        using var root = TestPki.Root(algorithm);
        return TestPki.Issuer.Issue(root, new LeafRequest { Profile = CertificateProfile.Client, CommonName = "client@org1", Organization = "org1", Algorithm = algorithm, Validity = TimeSpan.FromDays(1) });
    }
}
