namespace Baas.Core.Records.Backups;

/// <summary>A copy of a backup in another store.</summary>
/// <param name="Name">The store, as the settings name it.</param>
/// <param name="CopiedAt">When the copy was whole.</param>
public sealed record BackupCopy(string Name, DateTimeOffset CopiedAt);
