using System.Formats.Asn1;
using System.Security.Cryptography;
using Baas.Core.Networks;

namespace Baas.Core.Keys;

/// <summary>Makes, reads and names keys, whatever their kind.</summary>
internal static class PrivateKeys
{
    private const int KeyIdLength = 20;

    /// <summary>Makes a key.</summary>
    public static IPrivateKey Create(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Ed25519 ? Ed25519Key.Create() : EcdsaKey.Create(algorithm);

    /// <summary>Reads a key.</summary>
    /// <exception cref="CryptographicException">The text holds neither an ECDSA key nor an Ed25519 one.</exception>
    /// <exception cref="ArgumentException">The text is no PEM.</exception>
    public static IPrivateKey Read(string pem) => Ed25519Key.IsIn(pem) ? Ed25519Key.Read(pem) : EcdsaKey.Read(pem);

    /// <summary>The identifier of a public key: the first 160 bits of its SHA-256 (RFC 7093).</summary>
    /// <param name="publicKeyInfo">SubjectPublicKeyInfo, DER.</param>
    public static byte[] IdOf(ReadOnlyMemory<byte> publicKeyInfo)
    {
        var info = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return SHA256.HashData(info.ReadBitString(out _))[..KeyIdLength];
    }
}
