namespace Baas.Core.Fabric.Transactions;

/// <summary>Peers saw different ledgers and endorsed different effects. Transient: the peer that is behind catches up.</summary>
internal sealed class EndorsementsDifferException : BaasException
{
    /// <summary>Tells of endorsements that do not fit together.</summary>
    /// <param name="transactionId">The transaction.</param>
    public EndorsementsDifferException(string transactionId)
        : base("endorsements-differ", $"cannot endorse transaction \"{transactionId}\": the peers' results differ") => IsTransient = true;
}
