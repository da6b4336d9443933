using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>
/// A transaction was not taken by the orderers (<c>submit-failed</c>), or nobody says whether it was (<c>commit-unknown</c>). Either way
/// the same transaction may be submitted again: it counts once.
/// </summary>
public sealed class SubmitException : GatewayException
{
    internal SubmitException(string transactionId, CallFailure failure)
        : base(
            failure.MayBeOrdered ? "commit-unknown" : "submit-failed",
            failure.MayBeOrdered ? $"tell whether transaction \"{transactionId}\" was ordered" : $"submit transaction \"{transactionId}\"",
            failure,
            transactionId,
            failure.MayBeOrdered || GrpcException.MayPass(failure.Status, failure.Detail)) =>
        IsUnknown = failure.MayBeOrdered;

    /// <summary>Whether the transaction may have been ordered nevertheless: ask for its status before you make another one.</summary>
    public bool IsUnknown { get; }
}
