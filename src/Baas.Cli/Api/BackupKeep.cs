namespace Baas.Cli.Api;

/// <summary>How long backups are kept.</summary>
internal sealed record BackupKeep(int Count, int Days);
