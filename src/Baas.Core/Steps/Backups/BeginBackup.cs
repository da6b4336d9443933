using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Puts a backup on record and sees that the network's backups have a key.</summary>
internal sealed class BeginBackup(RecordStore records, IBlobStore blobs, BackupStore backups, TimeProvider clock, SecondPlace? second = null) : IUndoableStep<BeginBackup.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await EnsureKeyAsync(input.Network, cancellationToken);
        var record = new BackupRecord
        {
            Id = input.Backup,
            Network = input.Network,
            Operation = input.Operation,
            State = BackupState.Running,
            CreatedAt = clock.GetUtcNow(),
        };
        await records.PutIfAbsentAsync(BackupRecordNames.Of(input.Network, input.Backup), record, cancellationToken);

        // After the record: whoever collects parts marks it before looking for records, so one of the two sees the other.
        return await backups.FindCollectionAsync(input.Network, cancellationToken) is { } until && clock.GetUtcNow() < until
            ? throw new BackupException("backup-parts-collected", $"cannot begin backup \"{input.Backup}\": parts that no backup needs are being deleted") { IsTransient = true }
            : Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        await backups.DeleteManifestAsync(input.Network, input.Backup, cancellationToken);
        await records.ChangeAsync<BackupRecord>(
            BackupRecordNames.Of(input.Network, input.Backup),
            record => record.State == BackupState.Failed ? null : record with { State = BackupState.Failed, EndedAt = clock.GetUtcNow() },
            cancellationToken);
    }

    // A first store that was lost has no key: with a new one, the backups that only the second store has could be read no more.
    private async Task EnsureKeyAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        try
        {
            if (second is not null && !await backups.HasKeyAsync(network, cancellationToken))
            {
                await BackupTransfer.CopyKeysAsync(second.Place, new BackupPlace(blobs, backups), network, cancellationToken);
            }
        }
        catch (StorageException away) when (away.IsTransient)
        {
            // Most networks without a key are new: that a second store is away is no reason to take no backup of them.
        }

        await backups.EnsureKeyAsync(network, cancellationToken);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
