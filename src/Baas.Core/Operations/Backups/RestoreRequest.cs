using Baas.Core.Networks;

namespace Baas.Core.Operations.Backups;

/// <summary>What shall be restored.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Nodes">The nodes; empty for the whole network.</param>
/// <param name="Force">Whether what is there may be replaced.</param>
public sealed record RestoreRequest(BackupId Backup, IReadOnlyList<NodeReference> Nodes, bool Force);
