using Baas.Core.Networks;

namespace Baas.Core.Pki;

/// <summary>A certificate of a node or user to be issued.</summary>
internal sealed record LeafRequest
{
    /// <summary>What it may be used for.</summary>
    public required CertificateProfile Profile { get; init; }

    /// <summary>Its holder's name, at most 64 characters.</summary>
    public required string CommonName { get; init; }

    /// <summary>The holder's organization, at most 64 characters.</summary>
    public required string Organization { get; init; }

    /// <summary>The kind of its key. The default is P-256.</summary>
    public KeyAlgorithm Algorithm { get; init; }

    /// <summary>How long it is valid; less when its issuer's time ends sooner.</summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>The DNS names and IP addresses under which its holder is reached; none for signing certificates.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A key to be kept, PKCS#8 PEM; absent: a new one. Orderers are known by their TLS keys, so renewing must keep them.</summary>
    public string? PrivateKeyPem { get; init; }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"LeafRequest {CommonName}";
}
