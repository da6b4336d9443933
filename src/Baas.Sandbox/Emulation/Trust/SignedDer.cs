using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>The outer form that certificates and revocation lists share: content, algorithm, signature.</summary>
internal static class SignedDer
{
    /// <summary>Takes it apart.</summary>
    public static (byte[] Signed, string Algorithm, byte[] Signature) Split(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = outer.ReadEncodedValue().ToArray();
        var algorithm = outer.ReadSequence().ReadObjectIdentifier();
        return (signed, algorithm, outer.ReadBitString(out _));
    }

    /// <summary>Whether the signature is the signer's.</summary>
    public static bool Verify(X509Certificate2 signer, byte[] signed, string algorithm, byte[] signature)
    {
        if (EdwardsKeys.Is(algorithm))
        {
            return EdwardsKeys.Has(signer) && EdwardsKeys.Verify(signer, signed, signature);
        }

        if (HashOf(algorithm) is not { } hash)
        {
            return false;
        }

        using var ecdsa = signer.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            return ecdsa.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        using var rsa = signer.GetRSAPublicKey();
        return rsa?.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1) == true;
    }

    private static HashAlgorithmName? HashOf(string algorithm) => algorithm switch
    {
        "1.2.840.10045.4.3.2" or "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
        "1.2.840.10045.4.3.3" or "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
        "1.2.840.10045.4.3.4" or "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
