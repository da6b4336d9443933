namespace Baas.Cli.Api;

/// <summary>A copy of a backup.</summary>
internal sealed record BackupCopy(string Name, DateTimeOffset CopiedAt);
