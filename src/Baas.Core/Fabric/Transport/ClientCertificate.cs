namespace Baas.Core.Fabric.Transport;

/// <summary>What a client shows to a node that asks for a certificate.</summary>
/// <param name="CertificatePem">The certificate, followed by its intermediates if any.</param>
/// <param name="PrivateKeyPem">Its key, PKCS#8 or SEC 1.</param>
internal sealed record ClientCertificate(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "ClientCertificate";
}
