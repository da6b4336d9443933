using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Baas.Core.Networks;

namespace Baas.Core.Pki;

/// <summary>What Fabric asks of ECDSA keys and of the signatures on certificates.</summary>
internal static class EcdsaKeys
{
    private const int KeyIdLength = 20;

    // The orders of the curves (FIPS 186-4, D.1.2).
    private static readonly BigInteger OrderOfP256 = Unsigned(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));
    private static readonly BigInteger OrderOfP384 =
        Unsigned(Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"));

    /// <summary>Makes a key.</summary>
    public static ECDsa Create(KeyAlgorithm algorithm) =>
        ECDsa.Create(algorithm == KeyAlgorithm.P384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);

    /// <summary>Reads a key.</summary>
    /// <exception cref="CryptographicException">The text holds no ECDSA key.</exception>
    /// <exception cref="ArgumentException">The text is no PEM.</exception>
    public static ECDsa Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Whether Fabric accepts the key's curve.</summary>
    public static bool IsAccepted(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid: var oid }
        && (oid.Value ?? Oid.FromFriendlyName(oid.FriendlyName!, OidGroup.PublicKeyAlgorithm).Value) is "1.2.840.10045.3.1.7" or "1.3.132.0.34"; // a named curve has one of both

    /// <summary>The key as PKCS#8 PEM.</summary>
    public static string ToPem(ECDsa key) => key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The hash that goes with the key's curve in certificates.</summary>
    public static HashAlgorithmName HashOf(ECDsa key) => key.KeySize > 256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>The identifier of a public key: the first 160 bits of its SHA-256 (RFC 7093).</summary>
    /// <param name="publicKeyInfo">SubjectPublicKeyInfo, DER.</param>
    public static byte[] IdOf(ReadOnlyMemory<byte> publicKeyInfo)
    {
        var info = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return SHA256.HashData(info.ReadBitString(out _))[..KeyIdLength];
    }

    /// <summary>
    /// Signs what a certificate says, DER. Of the two values of S that are valid it takes the smaller: Fabric rewrites certificates
    /// that carry the other, and then knows them by other bytes than their owner (msp/mspimpl.go, sanitizeCert).
    /// </summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> content)
    {
        var order = key.KeySize > 256 ? OrderOfP384 : OrderOfP256;
        var signature = key.SignData(content, HashOf(key), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var half = signature.Length / 2;
        var s = Unsigned(signature.AsSpan(half));

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Unsigned(signature.AsSpan(0, half)));
            writer.WriteInteger(s > order >> 1 ? order - s : s);
        }

        return writer.Encode();
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
