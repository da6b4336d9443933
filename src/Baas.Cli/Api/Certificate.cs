namespace Baas.Cli.Api;

/// <summary>A certificate of a network.</summary>
internal sealed record Certificate(
    string Owner, string OwnerKind, string Organization, string Use, string Subject, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, int DaysLeft, bool IsDue, string? Note);
