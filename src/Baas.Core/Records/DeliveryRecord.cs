using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>A message that a tenant's webhook has not taken yet.</summary>
public sealed record DeliveryRecord
{
    /// <summary>Its id: the same for the same alert and state, so that nothing is told twice.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantName Tenant { get; init; }

    /// <summary>The network that it is about; null for a test.</summary>
    public NetworkName? Network { get; init; }

    /// <summary>The message, JSON.</summary>
    public required string Body { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? LastFailure { get; init; }
}
