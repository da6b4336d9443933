using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Fabric.Transport;

/// <summary>What a client shows to a node that asks for a certificate.</summary>
/// <param name="CertificatePem">The certificate, followed by its intermediates if any.</param>
/// <param name="PrivateKeyPem">Its key, PKCS#8 or SEC 1.</param>
internal sealed record ClientCertificate(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>The SHA-256 hash of the certificate itself.</summary>
    public ReadOnlyMemory<byte> Hash()
    {
        using var certificate = X509Certificate2.CreateFromPem(CertificatePem);
        return SHA256.HashData(certificate.RawDataMemory.Span);
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "ClientCertificate";
}
