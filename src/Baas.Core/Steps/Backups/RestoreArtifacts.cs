using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Puts back identities, authorities, genesis blocks and chaincode packages that are not there.</summary>
internal sealed class RestoreArtifacts(BackupStore backups, NetworkArtifacts artifacts) : IStep<RestoreArtifacts.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await artifacts.RestoreAsync(await backups.ReadManifestAsync(input.Network, input.Backup, cancellationToken), cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
