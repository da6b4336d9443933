using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>A node does not hand out blocks.</summary>
internal sealed class DeliveryRefusedException : BaasException
{
    /// <summary>Tells of a refused delivery.</summary>
    /// <param name="node">The node.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="intent">What was asked for: a verb and its object.</param>
    /// <param name="status">The status of the answer; <see cref="Status.Unknown"/> when there was none.</param>
    public DeliveryRefusedException(NodeEndpoint node, ChannelName channel, string intent, Status status)
        : base("delivery-refused", $"cannot {intent} of channel \"{channel}\" on node \"{node.Node}\": {ReasonOf(status)}")
    {
        Status = status;

        // Success comes where a block should: the stream ended before it, and the next one may go further.
        IsTransient = status is Status.ServiceUnavailable or Status.InternalServerError or Status.Unknown or Status.Success;
    }

    /// <summary>The status of the answer.</summary>
    public Status Status { get; }

    private static string ReasonOf(Status status) => status switch
    {
        Status.NotFound => "it has no such channel or block",
        Status.Forbidden => "the identity may not read the channel",
        Status.ServiceUnavailable => "the channel has no leader",
        Status.BadRequest => "the request is not accepted; do the clocks differ by more than 15 minutes?",
        _ => $"it ended with status {status}",
    };
}
