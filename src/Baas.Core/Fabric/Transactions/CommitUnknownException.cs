namespace Baas.Core.Fabric.Transactions;

/// <summary>A transaction was ordered, but nothing was heard of its commit: look before it is made again. Transient.</summary>
internal sealed class CommitUnknownException : BaasException
{
    /// <summary>Tells of a transaction with an unknown end.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="peer">The peer that was watched.</param>
    /// <param name="reason">Why nothing was heard.</param>
    /// <param name="cause">What was caught, when there was something.</param>
    public CommitUnknownException(string transactionId, string peer, string reason, Exception? cause = null)
        : base("commit-unknown", $"cannot see the commit of transaction \"{transactionId}\" on peer \"{peer}\": {reason}", cause) => IsTransient = true;
}
