using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>How a listener proves itself and whether its clients have to.</summary>
/// <param name="Certificate">The node's certificate with its key.</param>
/// <param name="Intermediates">What is sent with the certificate, so that clients find the way to their root.</param>
/// <param name="ClientRoots">Gives the roots of client certificates; null when clients are not asked for one.</param>
internal sealed record ListenerTls(X509Certificate2 Certificate, X509Certificate2Collection Intermediates, Func<X509Certificate2Collection>? ClientRoots)
{
    private readonly SslStreamCertificateContext _context = SslStreamCertificateContext.Create(Certificate, Intermediates, offline: true);

    /// <summary>The settings for the next connection; the roots are asked for anew.</summary>
    /// <param name="protocols">The application protocols that the listener speaks.</param>
    public SslServerAuthenticationOptions ForConnection(List<SslApplicationProtocol> protocols)
    {
        var options = new SslServerAuthenticationOptions
        {
            ApplicationProtocols = protocols,
            ServerCertificateContext = _context,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (ClientRoots is not null)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = TrustOnly(ClientRoots(), "1.3.6.1.5.5.7.3.2");
        }

        return options;
    }

    /// <summary>Judges certificates by these roots and nothing of the machine.</summary>
    /// <param name="roots">The roots and intermediates that are trusted.</param>
    /// <param name="usage">The extended key usage that the certificate has to have.</param>
    public static X509ChainPolicy TrustOnly(X509Certificate2Collection roots, string usage)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }
}
