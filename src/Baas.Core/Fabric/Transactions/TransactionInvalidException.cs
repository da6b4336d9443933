using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Core.Fabric.Transactions;

/// <summary>A transaction stands in the ledger without effect: peers found it invalid.</summary>
internal sealed class TransactionInvalidException : BaasException
{
    /// <summary>Tells of an invalid transaction.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="code">What peers found.</param>
    public TransactionInvalidException(string transactionId, TxValidationCode code)
        : base("transaction-invalid", $"cannot commit transaction \"{transactionId}\": {code}")
    {
        Validation = code;

        // Somebody else wrote in between; a new endorsement sees it.
        IsTransient = code is TxValidationCode.MvccReadConflict or TxValidationCode.PhantomReadConflict;
    }

    /// <summary>What peers found.</summary>
    public TxValidationCode Validation { get; }
}
