using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Pki;

namespace Baas.Core.Tests.Pki;

/// <summary>Authorities as customers bring them, good and bad. Made by the platform alone, not by the code under test.</summary>
internal static class Brought
{
    private static readonly (X509Certificate2 Certificate, ECDsa Key) Own = Self("CN=Customer Root");

    /// <summary>A good root.</summary>
    public static string RootPem => Pem(Own.Certificate);

    public static string RootKeyPem => Own.Key.ExportPkcs8PrivateKeyPem() + "\n";

    public static CertificateAuthority Root() => CertificateAuthority.OpenBrought(RootPem, RootKeyPem, DateTimeOffset.UtcNow);

    /// <summary>A self-signed certificate, good unless told otherwise.</summary>
    public static (X509Certificate2 Certificate, ECDsa Key) Self(
        string name, ECCurve? curve = null, bool isAuthority = true, int? pathLength = null, X509KeyUsageFlags usages = X509KeyUsageFlags.KeyCertSign, bool hasKeyId = true, int fromDays = -1, int untilDays = 30)
    {
        var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, isAuthority, pathLength, usages, hasKeyId);
        return (request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(untilDays)), key);
    }

    /// <summary>An authority below another one.</summary>
    public static (X509Certificate2 Certificate, ECDsa Key) Below((X509Certificate2 Certificate, ECDsa Key) issuer, string name, int? pathLength = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, true, pathLength, X509KeyUsageFlags.KeyCertSign, true);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer.Certificate, true, false));
        var generator = X509SignatureGenerator.CreateForECDsa(issuer.Key);
        return (request.Create(issuer.Certificate.SubjectName, generator, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8)), key);
    }

    public static string Pem(params X509Certificate2[] certificates) => string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));

    public static string Pem(ECDsa key) => key.ExportPkcs8PrivateKeyPem();

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority, int? pathLength, X509KeyUsageFlags usages, bool hasKeyId)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usages, true));
        if (hasKeyId)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        }

        return request;
    }
}
