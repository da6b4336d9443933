namespace Baas.Cli.Api;

/// <summary>A volume of a backup.</summary>
internal sealed record BackupVolume
{
    public required string Node { get; init; }

    public required string Role { get; init; }

    public required long Bytes { get; init; }

    public required long StoredBytes { get; init; }

    public IReadOnlyList<BackupLedger> Ledgers { get; init; } = [];
}
