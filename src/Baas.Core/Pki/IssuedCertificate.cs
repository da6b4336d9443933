namespace Baas.Core.Pki;

/// <summary>A certificate with its key.</summary>
/// <param name="CertificatePem">The certificate alone.</param>
/// <param name="PrivateKeyPem">The key, PKCS#8.</param>
internal sealed record IssuedCertificate(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "IssuedCertificate";
}
