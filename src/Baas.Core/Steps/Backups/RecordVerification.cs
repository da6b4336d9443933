using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Writes down what a check of a backup has found; fails when that is anything.</summary>
internal sealed class RecordVerification(RecordStore records, TimeProvider clock) : IStep<RecordVerification.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await records.ChangeAsync<BackupRecord>(
            BackupRecordNames.Of(input.Network, input.Backup),
            record => record with { State = input.Faults.Count == 0 ? BackupState.Complete : BackupState.Damaged, VerifiedAt = clock.GetUtcNow(), Faults = input.Faults, Healed = input.Healed },
            cancellationToken);
        return input.Faults.Count == 0
            ? Nothing.Value
            : throw new BackupException("backup-damaged", $"cannot rely on backup \"{input.Backup}\": {input.Faults[0]}{(input.Faults.Count > 1 ? $"; and {input.Faults.Count - 1} more" : "")}");
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup, IReadOnlyList<string> Faults) : IStepInput<Nothing>
    {
        /// <summary>What was wrong, and was put back from the second store.</summary>
        public IReadOnlyList<string> Healed { get; init; } = [];

        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
