using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Baas.Core.Fabric.Identities;

/// <summary>
/// Fabric refuses the larger one of the two S values that make an ECDSA signature valid (bccsp/utils/ecdsa.go), so that nobody can
/// make a second signature from a first.
/// </summary>
internal sealed class LowS
{
    /// <summary>The bytes of a scalar of the longest accepted curve, P-384.</summary>
    public const int LongestScalar = 48;

    private static readonly LowS P256 = new("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly LowS P384 = new("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    private readonly BigInteger _order;
    private readonly BigInteger _half;

    private LowS(string order)
    {
        _order = BigInteger.Parse(order, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _half = _order >> 1;
    }

    /// <summary>The rule of the curve with keys of this size.</summary>
    /// <exception cref="CryptographicException">Fabric accepts no such curve.</exception>
    public static LowS For(int keySize) => keySize switch
    {
        256 => P256,
        384 => P384,
        _ => throw new CryptographicException($"Fabric accepts keys on P-256 and P-384, not of {keySize} bits"),
    };

    /// <summary>Gives r‖s as DER, with the low S.</summary>
    /// <param name="signature">Both scalars in fixed length, one after the other.</param>
    public byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        var half = signature.Length / 2;
        var r = new BigInteger(signature[..half], isUnsigned: true, isBigEndian: true);
        var s = new BigInteger(signature[half..], isUnsigned: true, isBigEndian: true);

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s > _half ? _order - s : s);
        }

        return writer.Encode();
    }
}
