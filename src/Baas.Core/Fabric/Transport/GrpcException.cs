using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>A gRPC call ended with anything but OK, or without an answer.</summary>
/// <param name="node">The node, for people.</param>
/// <param name="method">The method's path.</param>
/// <param name="status">The status that ended the call.</param>
/// <param name="detail">What the node says.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class GrpcException(string node, string method, GrpcStatus status, string detail, Exception? cause = null)
    : BaasException("node-call-failed", $"cannot call {method} of node \"{node}\": {status}: {detail}", cause)
{
    /// <summary>The status that ended the call.</summary>
    public GrpcStatus Status { get; } = status;

    /// <summary>What the node says.</summary>
    public string Detail { get; } = detail;

    /// <summary>The node's <c>google.rpc.Status</c>, empty when it sent none; the gateway lists in it what each endorser said.</summary>
    public ByteString StatusDetails { get; init; } = ByteString.Empty;

    /// <summary>Makes the exception, transient where the status says that a later call may succeed.</summary>
    public static GrpcException Of(string node, string method, GrpcStatus status, string detail, Exception? cause = null) =>
        new(node, method, status, detail, cause) { IsTransient = MayPass(status, detail) };

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool MayPass(GrpcStatus status, string detail) => status switch
    {
        GrpcStatus.Unavailable or GrpcStatus.DeadlineExceeded => true,

        // A full queue empties; a message that is too large stays so.
        GrpcStatus.ResourceExhausted => !detail.Contains("larger than max", StringComparison.Ordinal),
        _ => false,
    };
}
