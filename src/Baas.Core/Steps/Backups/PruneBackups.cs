using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Forgets backups that are no longer kept. What no other backup needs is deleted later, by a timer.</summary>
internal sealed class PruneBackups(RecordStore records, BackupStore backups, TimeProvider clock) : IStep<PruneBackups.Input, PruneBackups.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var backup in await NotKeptAsync(input, cancellationToken))
        {
            await ForgottenBackup.ForgetAsync(records, backups, input.Network, backup, cancellationToken);
            forgotten++;
        }

        return new Output(forgotten);
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
    public sealed record Output(int Forgotten);
}
