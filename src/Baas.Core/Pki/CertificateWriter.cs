using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Keys;

namespace Baas.Core.Pki;

/// <summary>
/// Writes certificates (RFC 5280). The platform's CertificateRequest is not used, since it parses every certificate that it has made
/// (half of the time of issuing one) and lets S be high.
/// </summary>
internal static class CertificateWriter
{
    private const int SerialLength = 20;
    private const int LastYearOfUtcTime = 2049;
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string AuthorityKeyIdentifier = "2.5.29.35";

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);
    private static readonly Asn1Tag KeyIdentifier = new(TagClass.ContextSpecific, 0);

    /// <summary>Writes and signs a certificate with a random serial number, DER.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="issuerKey">The issuer's key.</param>
    /// <exception cref="PkiException">A host is neither a DNS name nor an IP address (<c>host-invalid</c>).</exception>
    public static byte[] Write(CertificateContent content, IPrivateKey issuerKey)
    {
        var algorithm = issuerKey.SignatureAlgorithm;
        var signed = new AsnWriter(AsnEncodingRules.DER);
        WriteSigned(signed, content, algorithm);
        var bytes = signed.Encode();

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(bytes);
            WriteAlgorithm(writer, algorithm);
            writer.WriteBitString(issuerKey.Sign(bytes));
        }

        return writer.Encode();
    }

    private static void WriteSigned(AsnWriter writer, CertificateContent content, string algorithm)
    {
        using var outer = writer.PushSequence();
        using (writer.PushSequence(Version))
        {
            writer.WriteInteger(2); // X.509 version 3
        }

        writer.WriteInteger(NewSerial());
        WriteAlgorithm(writer, algorithm);
        writer.WriteEncodedValue(content.Issuer);
        using (writer.PushSequence())
        {
            WriteTime(writer, content.NotBefore);
            WriteTime(writer, content.NotAfter);
        }

        writer.WriteEncodedValue(content.Subject);
        writer.WriteEncodedValue(content.PublicKey);
        using (writer.PushSequence(Extensions))
        using (writer.PushSequence())
        {
            WriteExtensions(writer, content);
        }
    }

    private static void WriteExtensions(AsnWriter writer, CertificateContent content)
    {
        foreach (var extension in content.Profile.Extensions)
        {
            WriteExtension(writer, extension.Oid!.Value!, extension.Critical, extension.RawData); // built-in extensions have identifiers
        }

        var own = new AsnWriter(AsnEncodingRules.DER);
        own.WriteOctetString(PrivateKeys.IdOf(content.PublicKey));
        WriteExtension(writer, SubjectKeyIdentifier, critical: false, own.Encode());

        var issuers = new AsnWriter(AsnEncodingRules.DER);
        using (issuers.PushSequence())
        {
            issuers.WriteOctetString(content.IssuerKeyId, KeyIdentifier);
        }

        WriteExtension(writer, AuthorityKeyIdentifier, critical: false, issuers.Encode());
        if (content.Hosts.Count > 0)
        {
            var names = NamesOf(content.Hosts);
            WriteExtension(writer, names.Oid!.Value!, critical: false, names.RawData); // likewise
        }
    }

    private static X509Extension NamesOf(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else if (Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(char.IsAscii))
            {
                names.AddDnsName(host);
            }
            else
            {
                throw new PkiException("host-invalid", $"cannot issue certificate for host \"{host}\": it is neither a DNS name nor an IP address");
            }
        }

        return names.Build();
    }

    private static void WriteExtension(AsnWriter writer, string identifier, bool critical, byte[] value)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(identifier);
        if (critical)
        {
            writer.WriteBoolean(true);
        }

        writer.WriteOctetString(value);
    }

    private static void WriteAlgorithm(AsnWriter writer, string algorithm)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(algorithm);
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year <= LastYearOfUtcTime)
        {
            writer.WriteUtcTime(time, LastYearOfUtcTime);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    // Positive and always of full length: the first bit is 0, the second is 1.
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
