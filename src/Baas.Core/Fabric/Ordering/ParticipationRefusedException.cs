using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>An orderer does not do what its channel participation API was asked for.</summary>
/// <param name="orderer">The orderer.</param>
/// <param name="intent">What it was to do: a verb and its object.</param>
/// <param name="status">The HTTP status of the answer.</param>
/// <param name="reason">What the orderer says.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class ParticipationRefusedException(NodeEndpoint orderer, string intent, int status, string reason, Exception? cause = null)
    : BaasException("participation-refused", $"cannot {intent} on orderer \"{orderer.Node}\": status {status}: {reason}", cause)
{
    /// <summary>The orderer.</summary>
    public NodeEndpoint Orderer { get; } = orderer;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>What the orderer says.</summary>
    public string Reason { get; } = reason;
}
