using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Records.Backups;

/// <summary>A note that a backup was forgotten. It stays until the parts and copies that nobody needs any more are gone.</summary>
/// <param name="Network">The network.</param>
/// <param name="Id">The backup.</param>
public sealed record ForgottenBackup(NetworkReference Network, BackupId Id)
{
    /// <summary>Whether a backup was forgotten, and something of it may still be there.</summary>
    internal static async Task<bool> IsNotedAsync(RecordStore records, NetworkReference network, BackupId backup, CancellationToken cancellationToken) =>
        await records.GetAsync<ForgottenBackup>(BackupRecordNames.Forgotten(network, backup), cancellationToken) is not null;

    /// <summary>Forgets a backup. The note comes first; the manifest goes before the record, which without one cannot be mistaken for a backup.</summary>
    internal static async Task ForgetAsync(RecordStore records, BackupStore backups, NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        await records.PutAsync(BackupRecordNames.Forgotten(network, backup), new ForgottenBackup(network, backup), BlobCondition.None, cancellationToken);
        await backups.DeleteManifestAsync(network, backup, cancellationToken);
        await records.DeleteAsync(BackupRecordNames.Of(network, backup), BlobCondition.None, cancellationToken);
    }
}
