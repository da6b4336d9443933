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
        var known = (from volume in manifest.Volumes let endpoint = volume.Endpoint where endpoint is not null select new Node(endpoint, volume.Ledgers)).ToDictionary(node => node.Endpoint.Node);
        return new Output([.. input.Nodes.Select(node => known.TryGetValue(node, out var there)
            ? there
            : throw new BackupException("backup-volume-missing", $"cannot restore node \"{node}\": backup {input.Backup} does not hold its volume"))]);
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Nodes">The orderers and peers to read of.</param>
    public sealed record Input(NetworkReference Network, BackupId Backup, IReadOnlyList<NodeReference> Nodes) : IStepInput<ReadBackup.Output>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }

    /// <summary>What was read.</summary>
    /// <param name="Nodes">The orderers and peers in the order in which they were asked for.</param>
    public sealed record Output(IReadOnlyList<Node> Nodes);

    /// <summary>One node of a backup.</summary>
    /// <param name="Endpoint">Where it listened.</param>
    /// <param name="Ledgers">How far its ledgers were.</param>
    public sealed record Node(NodeEndpoint Endpoint, IReadOnlyList<LedgerHeight> Ledgers);
}
