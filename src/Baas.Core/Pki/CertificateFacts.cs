using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Pki;

/// <summary>What people and health checks want to know of a certificate.</summary>
internal sealed record CertificateFacts
{
    /// <summary>Its holder, as text.</summary>
    public required string Subject { get; init; }

    /// <summary>Who issued it, as text.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its serial number, hexadecimal.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>From when it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The identifier of its key, lower-case hexadecimal; null when it carries none.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The identifier of its issuer's key, lower-case hexadecimal; null when it carries none.</summary>
    public required string? IssuerKeyId { get; init; }

    /// <summary>The DNS names and IP addresses that it stands for.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Whether it may issue certificates.</summary>
    public required bool IsAuthority { get; init; }

    /// <summary>Reads the first certificate of a text.</summary>
    /// <exception cref="PkiException">There is none (<c>certificate-invalid</c>).</exception>
    public static CertificateFacts Parse(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(CertificatePem.Split(pem)[0]);
            return Of(certificate);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new PkiException("certificate-invalid", $"cannot read certificate: {failure.Message}", failure);
        }
    }

    /// <summary>A host in the form in which <see cref="Hosts"/> holds it.</summary>
    public static string HostText(string host) => IPAddress.TryParse(host, out var address) ? address.ToString() : host;

    private static CertificateFacts Of(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        SerialNumber = certificate.SerialNumber,
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)),
        KeyId = AuthorityTerms.KeyIdOf(certificate) is { } id ? Convert.ToHexStringLower(id) : null,
        IssuerKeyId = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } issuer
            ? Convert.ToHexStringLower(issuer.Span)
            : null,
        Hosts =
        [
            .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))),
        ],
        IsAuthority = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority),
    };
}
