using Baas.Core.Networks;

namespace Baas.Core.Operations.Backups;

/// <summary>What shall be restored.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Nodes">The nodes; empty for the whole network.</param>
/// <param name="Force">Whether what is there may be replaced.</param>
public sealed record RestoreRequest(BackupId Backup, IReadOnlyList<NodeReference> Nodes, bool Force)
{
    /// <summary>The network that the backup is of; null: the one that is restored.</summary>
    public NetworkName? Source { get; init; }

    /// <summary>The cluster that a new network shall run on; null: those of the backup.</summary>
    public ClusterName? Cluster { get; init; }
}
