using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>A certificate revocation list: who is no longer believed, and who says so.</summary>
internal sealed class RevocationList
{
    private readonly byte[] _issuer;
    private readonly HashSet<BigInteger> _serials = [];
    private readonly (byte[] Signed, string Algorithm, byte[] Signature) _parts;

    private RevocationList(byte[] der)
    {
        _parts = SignedDer.Split(der);
        var list = new AsnReader(_parts.Signed, AsnEncodingRules.DER).ReadSequence();
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            list.ReadInteger();
        }

        list.ReadSequence();
        _issuer = list.ReadEncodedValue().ToArray();
        while (list.HasData && list.PeekTag() is { TagClass: TagClass.Universal } tag && !tag.HasSameClassAndValue(Asn1Tag.Sequence))
        {
            list.ReadEncodedValue(); // thisUpdate and nextUpdate: Fabric does not look at them
        }

        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var entries = list.ReadSequence(); entries.HasData;)
            {
                _serials.Add(entries.ReadSequence().ReadInteger());
            }
        }
    }

    /// <summary>Reads the lists of a PEM text.</summary>
    /// <exception cref="EmulationException">It is none.</exception>
    public static IEnumerable<RevocationList> Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return Pem.Read(text, "X509 CRL").Select(der => new RevocationList(der)).ToList();
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            throw new EmulationException($"cannot read revocation list: {failure.Message}", failure);
        }
    }

    /// <summary>Whether the list takes back this certificate of this issuer.</summary>
    public bool Revokes(Certificate certificate, Certificate issuer) =>
        _issuer.AsSpan().SequenceEqual(issuer.X509.SubjectName.RawData)
        && _serials.Contains(new BigInteger(certificate.X509.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true))
        && SignedDer.Verify(issuer.X509, _parts.Signed, _parts.Algorithm, _parts.Signature);
}
