using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Peers;

/// <summary>Turns failed calls of the transport into the failures of peers.</summary>
internal static class PeerFailures
{
    /// <summary>Whether this is a failed call; a lack of trust is not, as it concerns the connection whatever was asked.</summary>
    public static bool IsOne(BaasException failure) => failure is NodeUnreachableException or GrpcException;

    /// <summary>The failure of a peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="intent">What it was to do: a verb and its object.</param>
    /// <param name="failure">A failed call.</param>
    public static BaasException Of(NodeEndpoint peer, string intent, BaasException failure) => failure switch
    {
        GrpcException { Status: not (GrpcStatus.Unavailable or GrpcStatus.DeadlineExceeded) } refusal =>
            new PeerRejectedException(peer, intent, (int)refusal.Status, refusal.Detail, refusal) { IsTransient = refusal.IsTransient },
        _ => new PeerUnreachableException(peer, intent, failure),
    };
}
