using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>Reads TLS client certificates.</summary>
internal static class ClientCertificates
{
    /// <summary>Joins a certificate and its key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They are malformed, or do not belong together.</exception>
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        var joined = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return joined;
        }

        using (joined)
        {
            // Windows' TLS wants the key in a key container.
            return X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), null);
        }
    }
}
