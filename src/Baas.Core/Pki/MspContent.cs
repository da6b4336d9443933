namespace Baas.Core.Pki;

/// <summary>What goes into an MSP folder; all texts are PEM.</summary>
internal sealed record MspContent
{
    /// <summary>Root certificates of the signing side.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Intermediate certificates of the signing side, the one that issues leaves first.</summary>
    public IReadOnlyList<string> Intermediates { get; init; } = [];

    /// <summary>Root certificates of the TLS side.</summary>
    public IReadOnlyList<string> TlsRoots { get; init; } = [];

    /// <summary>Intermediate certificates of the TLS side.</summary>
    public IReadOnlyList<string> TlsIntermediates { get; init; } = [];

    /// <summary>Revocation lists of the signing side.</summary>
    public IReadOnlyList<string> RevocationLists { get; init; } = [];

    /// <summary>The signing certificate; absent in the MSP of an organization.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its key.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "MspContent";
}
