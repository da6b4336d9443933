using System.Collections.Concurrent;
using Baas.Core.Fabric.Protos.Ledger.Rwset;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The emulated peers of this process: stands for the gossip in which peers of one organization pass on private data.</summary>
internal sealed class PeerCluster
{
    private readonly ConcurrentDictionary<PeerNode, byte> _peers = new();

    /// <summary>Says that a peer can be reached.</summary>
    public void Add(PeerNode peer) => _peers.TryAdd(peer, 0);

    /// <summary>Says that a peer is gone.</summary>
    public void Remove(PeerNode peer) => _peers.TryRemove(peer, out _);

    /// <summary>One peer of each organization that has joined the channel.</summary>
    public IReadOnlyList<PeerNode> OnePerOrganization(PeerChannel channel) =>
        [.. _peers.Keys.Where(peer => peer.Find(channel.Name)?.Genesis == channel.Genesis).DistinctBy(peer => peer.Msp.Id).OrderBy(peer => peer.Msp.Id, StringComparer.Ordinal)];

    /// <summary>Asks the other peers of an organization for the private writes of a transaction. Who asks has to compare them with the public hash.</summary>
    public TxPvtReadWriteSet? Find(string mspId, string channel, string transaction) =>
        _peers.Keys.Where(peer => peer.Msp.Id == mspId).Select(peer => peer.Find(channel)?.Private.Get(transaction)).FirstOrDefault(found => found is not null);
}
