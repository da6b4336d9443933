using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Backups;

/// <summary>A volume that was packed.</summary>
/// <param name="Node">The node; of a CouchDB the peer that it belongs to.</param>
/// <param name="Role">What the volume is of.</param>
/// <param name="Root">The archive.</param>
/// <param name="Ledgers">How far the node's ledgers were when it was stopped.</param>
/// <param name="Endpoint">Where the node listens; null for a CouchDB.</param>
public sealed record PackedVolume(NodeReference Node, NodeRole Role, VolumeRoot Root, IReadOnlyList<LedgerHeight> Ledgers, NodeEndpoint? Endpoint);
