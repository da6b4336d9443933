using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>ECDSA signatures as Fabric wants them.</summary>
internal static class LowS
{
    private static readonly BigInteger OrderP256 = Parse("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly BigInteger OrderP384 = Parse("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    /// <summary>Whether s is not larger than half the order of the key's curve; false for other curves and for what is no signature.</summary>
    public static bool Is(int keySize, ReadOnlySpan<byte> signature)
    {
        try
        {
            var parts = new AsnReader(signature.ToArray(), AsnEncodingRules.DER).ReadSequence();
            var r = parts.ReadInteger();
            var s = parts.ReadInteger();
            return keySize is 256 or 384 && r.Sign > 0 && s.Sign > 0 && s <= Order(keySize) >> 1;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Signs SHA-256 of the data; of the two valid values of s the smaller one is written.</summary>
    public static ByteString Sign(ECDsa key, ReadOnlySpan<byte> data)
    {
        var fixedLength = key.SignHash(SHA256.HashData(data), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var half = fixedLength.Length / 2;
        var r = new BigInteger(fixedLength.AsSpan(0, half), isUnsigned: true, isBigEndian: true);
        var s = new BigInteger(fixedLength.AsSpan(half), isUnsigned: true, isBigEndian: true);
        var order = Order(key.KeySize);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s > order >> 1 ? order - s : s);
        }

        return ByteString.CopyFrom(writer.Encode());
    }

    private static BigInteger Order(int keySize) => keySize == 256 ? OrderP256 : OrderP384;

    private static BigInteger Parse(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
