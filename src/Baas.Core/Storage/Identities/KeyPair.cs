namespace Baas.Core.Storage.Identities;

/// <summary>A certificate with its private key. Only ever stored encrypted, never in history or logs.</summary>
/// <param name="CertificatePem">The certificate, followed by its intermediates if any.</param>
/// <param name="PrivateKeyPem">The key, PKCS#8.</param>
public sealed record KeyPair(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "KeyPair";
}
