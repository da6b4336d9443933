using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads what a workflow has to know of a backup: where its nodes listened and how far their ledgers were.</summary>
internal sealed class ReadBackup(BackupStore backups) : IStep<ReadBackup.Input, ReadBackup.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var manifest = await backups.ReadManifestAsync(input.Network, input.Backup, cancellationToken);
        return new Output([.. from volume in manifest.Volumes let endpoint = volume.Endpoint where endpoint is not null select new Node(endpoint, volume.Ledgers)]);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup) : IStepInput<ReadBackup.Output>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }

    /// <summary>What was read.</summary>
    /// <param name="Nodes">The orderers and peers in the order in which they were packed.</param>
    public sealed record Output(IReadOnlyList<Node> Nodes);

    /// <summary>One node of a backup.</summary>
    /// <param name="Endpoint">Where it listened.</param>
    /// <param name="Ledgers">How far its ledgers were.</param>
    public sealed record Node(NodeEndpoint Endpoint, IReadOnlyList<LedgerHeight> Ledgers);
}
