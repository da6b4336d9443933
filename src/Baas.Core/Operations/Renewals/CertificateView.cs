using Baas.Core.Networks;

namespace Baas.Core.Operations.Renewals;

/// <summary>A certificate on record.</summary>
public sealed record CertificateView
{
    /// <summary>Whose it is: a node, a user or an organization, such as <c>peer-1.org1</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>One of <c>node</c>, <c>user</c>, <c>authority</c>.</summary>
    public required string OwnerKind { get; init; }

    /// <summary>The organization.</summary>
    public required OrganizationName Organization { get; init; }

    /// <summary>What it is for: <c>signing</c> or <c>tls</c>.</summary>
    public required string Use { get; init; }

    /// <summary>Its holder, as the certificate says.</summary>
    public required string Subject { get; init; }

    /// <summary>Its serial number, hexadecimal.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>From when it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Whole days until then; negative when it has passed.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>Whether it is to be renewed.</summary>
    public required bool IsDue { get; init; }

    /// <summary>Why it is not renewed although it has little left; null otherwise.</summary>
    public string? Note { get; init; }
}
