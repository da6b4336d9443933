using Baas.Core.Networks;

namespace Baas.Core.Records.Backups;

/// <summary>What is on record about one backup. Everything that a restore needs stands in its manifest; this is for people and schedules.</summary>
public sealed record BackupRecord
{
    /// <summary>The backup.</summary>
    public required BackupId Id { get; init; }

    /// <summary>The network that it is of.</summary>
    public required NetworkReference Network { get; init; }

    /// <summary>The operation that took it.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>Where it stands.</summary>
    public required BackupState State { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was whole, or failed; null while it is taken.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The bytes of all that it holds.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes that had to be stored, compressed; the rest was there from earlier backups.</summary>
    public long StoredBytes { get; init; }

    /// <summary>When it was last read back and checked; null when it was not.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Where it was copied to.</summary>
    public IReadOnlyList<BackupCopy> Copies { get; init; } = [];

    /// <summary>What the last check has found; empty when all was well.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What the last check has found and put back from the second store.</summary>
    public IReadOnlyList<string> Healed { get; init; } = [];
}
