using Baas.Core.Networks;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Fetches what the store lacks of a backup, or has damaged, from the second store, where there is one. What neither has is found when the backup is read.</summary>
internal sealed class RecallBackup(BackupManifests manifests, IBlobStore blobs, BackupStore backups, SecondPlace? second = null) : IStep<RecallBackup.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Remote with { Timeout = TimeSpan.FromHours(12) };

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        if (second is not null)
        {
            var (manifest, _) = await manifests.HealAsync(input.Network, input.Backup, cancellationToken);
            await BackupTransfer.HealAsync(new BackupPlace(blobs, backups), second.Place, manifest, cancellationToken);
        }

        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
