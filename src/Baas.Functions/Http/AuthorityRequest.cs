namespace Baas.Functions.Http;

/// <summary>A certificate authority that a tenant brings.</summary>
/// <param name="Chain">Its certificate, followed by its issuers up to the self-signed root, PEM.</param>
/// <param name="PrivateKey">Its ECDSA key, PEM.</param>
public sealed record AuthorityRequest(string Chain, string PrivateKey)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "AuthorityRequest";
}
