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
        await artifacts.RestoreAsync(await backups.ReadManifestAsync(input.Source, input.Backup, cancellationToken), input.Network, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Source">The network that the backup is of.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Network">The network that is restored.</param>
    public sealed record Input(NetworkReference Source, BackupId Backup, NetworkReference Network) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
