namespace Baas.Core.Storage.Identities;

/// <summary>An organization's two certificate authorities, keys included. Only ever stored encrypted.</summary>
/// <param name="Signing">The CA that issues signing certificates; its PEM goes on with the issuers above it.</param>
/// <param name="Tls">The CA that issues TLS certificates; likewise.</param>
public sealed record AuthorityKeys(KeyPair Signing, KeyPair Tls)
{
    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => "AuthorityKeys";
}
