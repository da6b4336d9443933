namespace Baas.Cli.Api;

/// <summary>When a network is backed up.</summary>
internal sealed record BackupSchedule(string? Schedule, BackupKeep? Keep, DateTimeOffset? Next);
