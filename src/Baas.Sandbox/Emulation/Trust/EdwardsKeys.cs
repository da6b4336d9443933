using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>Ed25519 as Fabric knows it: the message itself is signed, not its hash. The arithmetic is BouncyCastle's, loaded when a key needs it.</summary>
internal static class EdwardsKeys
{
    private const string Algorithm = "1.3.101.112";

    /// <summary>Whether a certificate is that of an Ed25519 key.</summary>
    public static bool Has(X509Certificate2 certificate) => certificate.PublicKey.Oid.Value == Algorithm;

    /// <summary>Whether an algorithm of certificates and lists is Ed25519.</summary>
    public static bool Is(string algorithm) => algorithm == Algorithm;

    /// <summary>Whether the signature over the data is of the certificate's key.</summary>
    public static bool Verify(X509Certificate2 certificate, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        certificate.PublicKey.EncodedKeyValue.RawData is { Length: 32 } key && signature.Length == 64 && Ed25519.Verify(signature, key, data);

    /// <summary>What signs with the key of a PKCS#8 text.</summary>
    /// <exception cref="CryptographicException">It is no Ed25519 key.</exception>
    public static Func<byte[], byte[]> SignerOf(byte[] pkcs8)
    {
        var key = PrivateKeyFactory.CreateKey(pkcs8) as Ed25519PrivateKeyParameters ?? throw new CryptographicException("the key is neither ECDSA nor Ed25519");
        return data =>
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(data);
            return signer.GenerateSignature();
        };
    }
}
