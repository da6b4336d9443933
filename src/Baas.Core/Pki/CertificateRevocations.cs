using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Pki;

/// <summary>
/// Writes certificate revocation lists. Fabric finds the list of an authority by its key identifier, so a list carries that; it stands in the
/// MSP of channels and nodes (TLS certificates are not checked against lists).
/// </summary>
internal static class CertificateRevocations
{
    /// <summary>Makes an authority's next list.</summary>
    /// <param name="authority">Who has issued the certificates.</param>
    /// <param name="former">The present list, PEM, whose entries stay; null for the first list.</param>
    /// <param name="revoked">The certificates that are added, PEM; those that are listed already count once.</param>
    /// <param name="now">The time of the list and of the new entries.</param>
    /// <param name="validity">When the next list is due.</param>
    /// <returns>The list, PEM.</returns>
    /// <exception cref="PkiException">Another authority has issued a certificate (<c>certificate-foreign</c>), or a text is no list or certificate (<c>certificate-invalid</c>).</exception>
    public static string Add(CertificateAuthority authority, string? former, IReadOnlyList<string> revoked, DateTimeOffset now, TimeSpan validity)
    {
        var number = BigInteger.Zero;
        var builder = former is null ? new CertificateRevocationListBuilder() : Load(former, out number);
        foreach (var pem in revoked)
        {
            var facts = CertificateFacts.Parse(pem);
            if (facts.IssuerKeyId != Convert.ToHexStringLower(authority.KeyId))
            {
                throw new PkiException("certificate-foreign", $"cannot revoke certificate \"{facts.Subject}\": another authority has issued it");
            }

            var serial = Convert.FromHexString(facts.SerialNumber);
            builder.RemoveEntry(serial);
            builder.AddEntry(serial, now);
        }

        return PemEncoding.WriteString("X509 CRL", authority.Sign(builder, number + 1, now, now + validity)) + "\n";
    }

    private static CertificateRevocationListBuilder Load(string former, out BigInteger number)
    {
        try
        {
            return CertificateRevocationListBuilder.LoadPem(former, out number);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new PkiException("certificate-invalid", $"cannot read revocation list: {failure.Message}", failure);
        }
    }
}
