using Baas.Core.Networks;

namespace Baas.Core.Fabric.Peers;

/// <summary>A peer did not answer, or not in time: nothing is known of what it did. Transient.</summary>
internal sealed class PeerUnreachableException : BaasException
{
    /// <summary>Tells of a peer that did not answer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="intent">What it was to do: a verb and its object.</param>
    /// <param name="cause">What was caught.</param>
    public PeerUnreachableException(NodeEndpoint peer, string intent, Exception cause)
        : base("peer-unreachable", $"cannot {intent} on peer \"{peer.Node}\": {cause.Message}", cause)
    {
        Peer = peer;
        IsTransient = true;
    }

    /// <summary>The peer.</summary>
    public NodeEndpoint Peer { get; }
}
