using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>What is on record about an API key: its hash, never the key.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The key's public part, by which it is found.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret part, lower-case hex. The secret has 256 random bits, so a plain hash cannot be guessed.</summary>
    public required string SecretHash { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>The tenant that it is for; null for <see cref="Role.Admin"/>.</summary>
    public TenantName? Tenant { get; init; }

    /// <summary>What it is for, for people.</summary>
    public required string Description { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops to work; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
