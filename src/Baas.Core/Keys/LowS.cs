using System.Security.Cryptography;

namespace Baas.Core.Keys;

/// <summary>
/// Fabric refuses the larger one of the two S values that make an ECDSA signature valid (bccsp/utils/ecdsa.go), so that nobody can
/// make a second signature from a first.
/// </summary>
internal sealed class LowS
{
    /// <summary>The bytes of a scalar of the longest accepted curve, P-384.</summary>
    public const int LongestScalar = 48;

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    private static readonly LowS P256 = new("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly LowS P384 = new("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    private readonly byte[] _order;
    private readonly byte[] _half;

    private LowS(string order)
    {
        _order = Convert.FromHexString(order);
        _half = Halved(_order);
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
        var r = signature[.._order.Length];
        Span<byte> s = stackalloc byte[LongestScalar];
        s = s[.._order.Length];
        signature[_order.Length..].CopyTo(s);
        if (s.SequenceCompareTo(_half) > 0)
        {
            Complement(s);
        }

        // Both integers have at most 49 bytes, so that every length is a single byte.
        var (lengthOfR, lengthOfS) = (LengthOf(r), LengthOf(s));
        var der = new byte[2 + 2 + lengthOfR + 2 + lengthOfS];
        (der[0], der[1]) = (Sequence, (byte)(der.Length - 2));
        Write(der.AsSpan(2, 2 + lengthOfR), r);
        Write(der.AsSpan(4 + lengthOfR), s);
        return der;
    }

    private static byte[] Halved(ReadOnlySpan<byte> number)
    {
        var half = new byte[number.Length];
        for (var i = 0; i < half.Length; i++)
        {
            half[i] = (byte)((number[i] >> 1) | (i > 0 ? number[i - 1] << 7 : 0));
        }

        return half;
    }

    // The order less the scalar.
    private void Complement(Span<byte> scalar)
    {
        var borrow = 0;
        for (var i = scalar.Length - 1; i >= 0; i--)
        {
            var difference = _order[i] - scalar[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            scalar[i] = (byte)difference;
        }
    }

    // DER has no needless zeros before a number, but for the one that keeps it positive.
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> scalar) => scalar.TrimStart((byte)0) is { IsEmpty: false } trimmed ? trimmed : scalar[^1..];

    private static int LengthOf(ReadOnlySpan<byte> scalar) => Trimmed(scalar) is var trimmed && trimmed[0] >= 0x80 ? trimmed.Length + 1 : trimmed.Length;

    private static void Write(Span<byte> der, ReadOnlySpan<byte> scalar)
    {
        var trimmed = Trimmed(scalar);
        (der[0], der[1]) = (Integer, (byte)(der.Length - 2));
        trimmed.CopyTo(der[^trimmed.Length..]);
    }
}
