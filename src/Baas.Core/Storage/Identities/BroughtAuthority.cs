namespace Baas.Core.Storage.Identities;

/// <summary>A certificate authority that a tenant has brought. Only ever stored encrypted.</summary>
/// <param name="ChainPem">Its certificate, followed by its issuers up to the self-signed root.</param>
/// <param name="PrivateKeyPem">Its key, PKCS#8.</param>
public sealed record BroughtAuthority(string ChainPem, string PrivateKeyPem)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "BroughtAuthority";
}
