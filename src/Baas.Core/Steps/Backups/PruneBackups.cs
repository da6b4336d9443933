using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>
/// Forgets backups that are no longer kept, then deletes the parts that no manifest names. It runs while its operation holds the network, so no
/// backup is being taken; when a single manifest cannot be read, no part is deleted.
/// </summary>
internal sealed class PruneBackups(RecordStore records, BackupStore backups, TimeProvider clock) : IStep<PruneBackups.Input, PruneBackups.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Remote with { Timeout = TimeSpan.FromHours(1) };

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var backup in await NotKeptAsync(input, cancellationToken))
        {
            // The manifest goes first: a record without one cannot be mistaken for a backup.
            await backups.DeleteManifestAsync(input.Network, backup, cancellationToken);
            await records.DeleteAsync(BackupRecordNames.Of(input.Network, backup), Storage.BlobCondition.None, cancellationToken);
            forgotten++;
        }

        return new Output(forgotten, await CollectAsync(input.Network, cancellationToken));
    }

    private async Task<IReadOnlyList<BackupId>> NotKeptAsync(Input input, CancellationToken cancellationToken)
    {
        if (input.Keep is not { Keep: var keep })
        {
            return [];
        }

        List<BackupRecord> all = [];
        await foreach (var (_, stored) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(input.Network), null, cancellationToken))
        {
            all.Add(stored.Record);
        }

        var youngest = clock.GetUtcNow() - TimeSpan.FromDays(keep.Days);
        var whole = all.Where(record => record.State == BackupState.Complete).OrderByDescending(record => record.CreatedAt).ThenBy(record => record.Id.Value, StringComparer.Ordinal);
        var old = whole.Skip(Math.Max(1, keep.Count)).Where(record => keep.Days == 0 || record.CreatedAt < youngest);
        var failed = all.Where(record => record.State == BackupState.Failed).OrderByDescending(record => record.CreatedAt).Skip(Math.Max(1, keep.Count));
        return [.. old.Concat(failed).Select(record => record.Id)];
    }

    private async Task<long> CollectAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var manifests = new List<BackupManifest>();
        await foreach (var backup in backups.ListAsync(network, cancellationToken))
        {
            manifests.Add(await backups.ReadManifestAsync(network, backup, cancellationToken));
        }

        var deleted = 0L;
        foreach (var volume in manifests.SelectMany(manifest => manifest.Archives).GroupBy(archive => archive.Volume))
        {
            deleted += await CollectAsync(network, volume.Key, [.. volume.Select(archive => archive.Root)], cancellationToken);
        }

        return deleted;
    }

    private async Task<long> CollectAsync(NetworkReference network, string volume, IReadOnlyList<VolumeRoot> roots, CancellationToken cancellationToken)
    {
        var parts = backups.PartsOf(network, volume);
        var reader = new VolumeReader(VolumeKeys.Of(await backups.ReadVolumeKeyAsync(network, volume, cancellationToken)), parts);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            await foreach (var name in reader.PartsAsync(root, cancellationToken))
            {
                named.Add(name);
            }
        }

        var deleted = 0L;
        await foreach (var name in parts.ChunksAsync(cancellationToken))
        {
            if (!named.Contains(name))
            {
                await parts.DeleteAsync(PartNames.Chunk(name), cancellationToken);
                deleted++;
            }
        }

        return deleted;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Keep">How long backups are kept; null: until they are deleted.</param>
    public sealed record Input(NetworkReference Network, BackupSpec? Keep) : IStepInput<PruneBackups.Output>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What was cleared away.</summary>
    /// <param name="Forgotten">How many backups.</param>
    /// <param name="Parts">How many parts that no backup named any more.</param>
    public sealed record Output(int Forgotten, long Parts);
}
