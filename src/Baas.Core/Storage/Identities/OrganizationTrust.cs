using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>The public half of an organization: what others need to trust it. Stored as a plain blob.</summary>
public sealed record OrganizationTrust
{
    /// <summary>The organization's MSP id.</summary>
    public required MspId MspId { get; init; }

    /// <summary>Root certificates of the signing side, PEM.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Intermediate certificates of the signing side, PEM, the one that issues leaves first; empty for a self-signed CA.</summary>
    public required IReadOnlyList<string> Intermediates { get; init; }

    /// <summary>Root certificates of the TLS side, PEM.</summary>
    public required IReadOnlyList<string> TlsRoots { get; init; }

    /// <summary>Intermediate certificates of the TLS side, PEM, the one that issues leaves first; empty for a self-signed CA.</summary>
    public required IReadOnlyList<string> TlsIntermediates { get; init; }

    /// <summary>Revocation lists of the signing side, PEM.</summary>
    public IReadOnlyList<string> RevocationLists { get; init; } = [];
}
