namespace Baas.Core.Pki;

/// <summary>What a certificate says.</summary>
internal sealed record CertificateContent
{
    /// <summary>Its usages.</summary>
    public required CertificateProfile Profile { get; init; }

    /// <summary>Who holds it: an X.500 name, DER.</summary>
    public required byte[] Subject { get; init; }

    /// <summary>Who issued it: an X.500 name, DER.</summary>
    public required byte[] Issuer { get; init; }

    /// <summary>The holder's public key: SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The identifier of the issuer's key.</summary>
    public required byte[] IssuerKeyId { get; init; }

    /// <summary>From when it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The DNS names and IP addresses that it stands for.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
