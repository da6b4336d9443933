using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Which peer is followed, and for how long it is tried again when it goes away.</summary>
internal sealed class Reconnection(GatewayClient client, string channel)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private int _peer;
    private int _failures;
    private long _since;

    /// <summary>The peer to follow now.</summary>
    public NodeConnection Peer => client.Peers[_peer % client.Peers.Count];

    /// <summary>Notes that the peer sends.</summary>
    public void Works() => _failures = 0;

    /// <summary>Goes on to the next peer after a while; throws when nothing can be hoped for.</summary>
    /// <exception cref="EventsException">The peer refuses, or no peer has sent anything for too long.</exception>
    public async Task AfterAsync(BaasException? failure, CancellationToken cancellationToken)
    {
        if (failure is not null && !MayPass(failure))
        {
            throw new EventsException(channel, failure.Message, isTransient: false, failure);
        }

        _since = _failures == 0 ? client.Clock.GetTimestamp() : _since;
        if (client.Clock.GetElapsedTime(_since) >= client.Deadlines.Reconnect)
        {
            throw new EventsException(channel, failure?.Message ?? "the peers send nothing", isTransient: true, failure);
        }

        _peer++;
        var delay = First * Math.Pow(2, Math.Min(_failures, 10));
        _failures++;
        await Task.Delay(delay < Longest ? delay : Longest, client.Clock, cancellationToken);
    }

    // Reset streams and lost connections come as several statuses; what a peer itself refuses does not.
    private static bool MayPass(BaasException failure) => failure is NodeUnreachableException
        || failure is GrpcException { Status: GrpcStatus.Unavailable or GrpcStatus.DeadlineExceeded or GrpcStatus.Cancelled or GrpcStatus.Internal or GrpcStatus.Unknown or GrpcStatus.ResourceExhausted or GrpcStatus.Aborted };
}
