using Baas.Core.Records;

namespace Baas.Functions.Http;

/// <summary>An API key as the API shows it.</summary>
public sealed record ApiKeyResource
{
    /// <summary>Its id, by which it is revoked.</summary>
    public required string Id { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops to work; absent for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The key itself: only in the answer that made it.</summary>
    public string? Key { get; init; }

    internal static ApiKeyResource Of(ApiKeyRecord record, string? key = null) => new()
    {
        Id = record.Id,
        Role = record.Role,
        Description = record.Description,
        CreatedAt = record.CreatedAt,
        ExpiresAt = record.ExpiresAt,
        Key = key,
    };
}
