using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>An orderer does not take an envelope: it breaks the channel's rules.</summary>
/// <param name="orderer">The orderer.</param>
/// <param name="intent">What the envelope is for: a verb and its object.</param>
/// <param name="status">The status of the answer.</param>
/// <param name="reason">What the orderer says.</param>
internal sealed class OrderingRefusedException(NodeEndpoint orderer, string intent, Status status, string reason)
    : BaasException("ordering-refused", $"cannot {intent} through orderer \"{orderer.Node}\": {status}: {reason}")
{
    /// <summary>The status of the answer.</summary>
    public Status Status { get; } = status;

    /// <summary>What the orderer says.</summary>
    public string Reason { get; } = reason;
}
