using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Baas.Core.Fabric.Transport;

/// <summary>TLS as Fabric's nodes want it: the organization's own roots, no revocation lists, perhaps a client certificate.</summary>
internal static class TlsSettings
{
    /// <summary>The options of a client that expects a certificate for <paramref name="host"/>.</summary>
    /// <exception cref="CryptographicException">A PEM text cannot be read.</exception>
    public static SslClientAuthenticationOptions For(NodeTls tls, string host)
    {
        var chain = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        Import(chain.CustomTrustStore, tls.Roots);
        Import(chain.ExtraStore, tls.Intermediates);
        return new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = chain,
            ClientCertificateContext = tls.Client is { } client ? Context(client) : null,
        };
    }

    /// <summary>Equal for equal settings; says nothing of keys.</summary>
    public static string KeyOf(NodeTls tls)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "roots", tls.Roots);
        Append(hash, "intermediates", tls.Intermediates);
        Append(hash, "client", tls.Client is { } client ? [client.CertificatePem, client.PrivateKeyPem] : []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string name, IReadOnlyList<string> texts)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{name} {texts.Count}\n"));
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length} {text}"));
        }
    }

    private static void Import(X509Certificate2Collection store, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            store.ImportFromPem(text);
        }
    }

    // A context sends the certificate whatever names of issuers the node lists, and its intermediates with it.
    private static SslStreamCertificateContext Context(ClientCertificate client)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(client.CertificatePem);
        return SslStreamCertificateContext.Create(WithKey(client), certificates, offline: true);
    }

    private static X509Certificate2 WithKey(ClientCertificate client)
    {
        var certificate = X509Certificate2.CreateFromPem(client.CertificatePem, client.PrivateKeyPem);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS takes no key that only this process knows.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
