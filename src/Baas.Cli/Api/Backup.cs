namespace Baas.Cli.Api;

/// <summary>A backup as the CLI shows it.</summary>
internal sealed record Backup
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long Bytes { get; init; }

    public required long StoredBytes { get; init; }

    public DateTimeOffset? VerifiedAt { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];

    public IReadOnlyList<string> Healed { get; init; } = [];

    public IReadOnlyList<BackupCopy> Copies { get; init; } = [];

    public IReadOnlyList<BackupVolume>? Volumes { get; init; }
}
