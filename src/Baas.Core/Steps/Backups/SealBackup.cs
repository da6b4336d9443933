using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Writes the signed manifest: from now on there is a backup.</summary>
internal sealed class SealBackup(BackupStore backups, RecordStore records, TimeProvider clock) : IStep<SealBackup.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<BackedUpVolume> volumes = [];
        foreach (var volume in input.Volumes)
        {
            volumes.Add(await backups.ReadNotedVolumeAsync(input.Network, input.Backup, volume, cancellationToken));
        }

        await backups.WriteManifestAsync(
            new BackupManifest
            {
                Version = 1,
                Id = input.Backup,
                Network = input.Network,
                CreatedAt = now,
                KeyId = "", // the store fills it in when it signs
                Spec = input.Spec,
                Artifacts = input.Artifacts,
                Volumes = volumes,
            },
            cancellationToken);
        IReadOnlyList<VolumeRoot> roots = [input.Artifacts, .. volumes.Select(volume => volume.Root)];
        await records.ChangeAsync<BackupRecord>(
            BackupRecordNames.Of(input.Network, input.Backup),
            record => record with
            {
                State = BackupState.Complete,
                EndedAt = now,
                Bytes = roots.Sum(root => root.Bytes),
                StoredBytes = roots.Sum(root => root.SentBytes),
            },
            cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Spec">What the network is made from.</param>
    /// <param name="Artifacts">The archive of what is stored for the network.</param>
    /// <param name="Volumes">The names of the volumes in their order; <see cref="NoteVolume"/> has kept what they are.</param>
    public sealed record Input(NetworkReference Network, BackupId Backup, NetworkSpec Spec, VolumeRoot Artifacts, IReadOnlyList<string> Volumes) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
