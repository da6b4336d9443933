using Baas.Core.Networks;

namespace Baas.Core.Operations.Backups;

/// <summary>What a restore needs beside the network's specification.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Nodes">The nodes to put back; empty for all.</param>
/// <param name="IsNew">Whether the network was not there.</param>
/// <param name="Source">The network that the backup is of; null: the one that is restored.</param>
internal sealed record RestoreArguments(BackupId Backup, IReadOnlyList<NodeReference> Nodes, bool IsNew, NetworkName? Source = null);
