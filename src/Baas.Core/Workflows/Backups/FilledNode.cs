using Baas.Core.Networks;

namespace Baas.Core.Workflows.Backups;

/// <summary>A node whose volumes are put together and that can be started.</summary>
/// <param name="Node">The node.</param>
/// <param name="Endpoint">Where it will listen.</param>
/// <param name="Fingerprint">Its certificates' fingerprint.</param>
/// <param name="Ledgers">How far its ledgers were.</param>
public sealed record FilledNode(RestoredNode Node, NodeEndpoint Endpoint, string Fingerprint, IReadOnlyList<LedgerHeight> Ledgers);
