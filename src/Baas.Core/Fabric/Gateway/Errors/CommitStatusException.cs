using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>Nothing was heard of a transaction in time (<c>commit-unknown</c>). It may be committed, now or later: ask again. Transient.</summary>
public sealed class CommitStatusException : GatewayException
{
    internal CommitStatusException(string transactionId, CallFailure failure)
        : base("commit-unknown", $"tell what became of transaction \"{transactionId}\"", failure, transactionId, isTransient: true)
    {
    }

    /// <summary>Whether a peer was asked to the end of the deadline and did not see the transaction; otherwise it could not be asked.</summary>
    public bool IsTimeout => Status is GrpcStatus.DeadlineExceeded or GrpcStatus.Cancelled;
}
