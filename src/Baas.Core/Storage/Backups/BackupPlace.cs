namespace Baas.Core.Storage.Backups;

/// <summary>A store that holds backups: blobs, and what stands on them.</summary>
/// <param name="Blobs">The blobs.</param>
/// <param name="Backups">Keys, manifests and parts.</param>
internal sealed record BackupPlace(IBlobStore Blobs, BackupStore Backups);
