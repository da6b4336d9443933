using Baas.Core.Networks;
using Baas.Core.Records.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>A backup as it is shown.</summary>
/// <param name="Record">What is on record.</param>
/// <param name="Volumes">The volumes that it holds; null while it is not whole.</param>
public sealed record BackupView(BackupRecord Record, IReadOnlyList<BackupView.Volume>? Volumes)
{
    /// <summary>A volume of a backup.</summary>
    /// <param name="Node">The node, such as <c>peer-1.org1</c>; of a CouchDB the peer that it belongs to.</param>
    /// <param name="Role">What the volume is of.</param>
    /// <param name="Bytes">The bytes of its files.</param>
    /// <param name="StoredBytes">The bytes that had to be stored for it, compressed.</param>
    /// <param name="Ledgers">How far the node's ledgers were.</param>
    public sealed record Volume(string Node, NodeRole Role, long Bytes, long StoredBytes, IReadOnlyList<LedgerHeight> Ledgers);
}
