using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>How an organization's certificates are made. Each organization has a signing CA and a TLS CA.</summary>
public sealed record CaSpec
{
    /// <summary>The kind of the keys. The default is P-256.</summary>
    public KeyAlgorithm Algorithm { get; init; }

    /// <summary>The kind of the TLS keys: Fabric knows Ed25519 in identities only.</summary>
    [JsonIgnore]
    public KeyAlgorithm TlsAlgorithm => Algorithm == KeyAlgorithm.Ed25519 ? KeyAlgorithm.P256 : Algorithm;

    /// <summary>How long the CA certificates are valid. The default is 3650 days.</summary>
    public Duration CaValidity { get; init; } = Duration.Parse("3650d");

    /// <summary>How long node and user certificates are valid. The default is 365 days.</summary>
    public Duration Validity { get; init; } = Duration.Parse("365d");

    /// <summary>A root or intermediate CA that the tenant has brought; it issues the signing CA. Absent: self-signed.</summary>
    public CaName? SigningIssuer { get; init; }

    /// <summary>The same for the TLS CA.</summary>
    public CaName? TlsIssuer { get; init; }
}
