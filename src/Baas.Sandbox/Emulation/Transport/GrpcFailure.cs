using Baas.Core;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>Ends a call with a status that is not OK.</summary>
/// <param name="status">The status.</param>
/// <param name="detail">What the caller reads.</param>
internal sealed class GrpcFailure(GrpcStatusCode status, string detail) : BaasException("emulated-call-failed", detail)
{
    /// <summary>The status.</summary>
    public GrpcStatusCode Status { get; } = status;

    /// <summary>The serialized <c>google.rpc.Status</c> that travels with it, or empty.</summary>
    public byte[] StatusDetails { get; init; } = [];
}
