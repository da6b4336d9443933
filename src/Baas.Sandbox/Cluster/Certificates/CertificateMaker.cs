using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Cluster.Certificates;

/// <summary>Issues the certificates of a sandbox cluster: P-256, for loopback only.</summary>
internal static class CertificateMaker
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan AuthorityValidity = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    // Clocks of client and server may differ a little.
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>A new authority.</summary>
    public static X509Certificate2 Authority(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=baas-sandbox", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(clock.GetUtcNow() - Before, clock.GetUtcNow() + AuthorityValidity);
    }

    /// <summary>The API server's certificate.</summary>
    public static X509Certificate2 Server(X509Certificate2 authority, TimeProvider clock)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"])
        {
            names.AddDnsName(name);
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return Issue(authority, "CN=kube-apiserver", ServerAuthentication, names.Build(), clock);
    }

    /// <summary>The administrator's certificate.</summary>
    public static X509Certificate2 Administrator(X509Certificate2 authority, TimeProvider clock) =>
        Issue(authority, "O=system:masters, CN=kubernetes-admin", ClientAuthentication, null, clock);

    /// <summary>The certificate of somebody who may do what roles allow.</summary>
    public static X509Certificate2 User(X509Certificate2 authority, string name, TimeProvider clock) => Issue(authority, $"CN={name}", ClientAuthentication, null, clock);

    private static X509Certificate2 Issue(X509Certificate2 authority, string subject, string usage, X509Extension? names, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var bare = request.Create(authority, clock.GetUtcNow() - Before, clock.GetUtcNow() + Validity, serial);
        return bare.CopyWithPrivateKey(key);
    }
}
