using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>One node's volume in a backup.</summary>
public sealed record BackedUpVolume
{
    /// <summary>The node; of a CouchDB the peer that it belongs to.</summary>
    public required NodeReference Node { get; init; }

    /// <summary>What the volume is of.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>The archive.</summary>
    public required VolumeRoot Root { get; init; }

    /// <summary>How far the node's ledgers were; empty for a CouchDB.</summary>
    public IReadOnlyList<LedgerHeight> Ledgers { get; init; } = [];

    /// <summary>Where the node listened: channels and certificates name this address. Null for a CouchDB.</summary>
    public NodeEndpoint? Endpoint { get; init; }
}
