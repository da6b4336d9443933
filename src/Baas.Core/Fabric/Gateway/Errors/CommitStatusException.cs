namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>Nothing was heard of a transaction in time (<c>commit-unknown</c>). It may be committed, now or later: ask again. Transient.</summary>
public sealed class CommitStatusException : GatewayException
{
    internal CommitStatusException(string transactionId, CallFailure failure)
        : base("commit-unknown", $"tell what became of transaction \"{transactionId}\"", failure, transactionId, isTransient: true)
    {
    }
}
