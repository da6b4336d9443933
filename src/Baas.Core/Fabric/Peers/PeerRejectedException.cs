using Baas.Core.Networks;

namespace Baas.Core.Fabric.Peers;

/// <summary>A peer answered with anything but success.</summary>
/// <param name="peer">The peer.</param>
/// <param name="intent">What it was to do: a verb and its object.</param>
/// <param name="status">The status of the answer: of the chaincode (500, 404), or of the gRPC call (below 20).</param>
/// <param name="reason">What the peer says.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class PeerRejectedException(NodeEndpoint peer, string intent, int status, string reason, Exception? cause = null)
    : BaasException("peer-rejected", $"cannot {intent} on peer \"{peer.Node}\": status {status}: {reason}", cause)
{
    /// <summary>The status of a chaincode that knows nothing of what was asked for.</summary>
    public const int NotFound = 404;

    /// <summary>The peer.</summary>
    public NodeEndpoint Peer { get; } = peer;

    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>What the peer says.</summary>
    public string Reason { get; } = reason;
}
