using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>
/// A transaction is in the ledger without effect: somebody else wrote what it had read (<c>transaction-conflict</c>, transient: a new one
/// may succeed), or it is invalid for another reason (<c>transaction-invalid</c>).
/// </summary>
public sealed class CommitException : BaasException
{
    internal CommitException(CommitOutcome outcome)
        : base(IsConflict(outcome.Code) ? "transaction-conflict" : "transaction-invalid", $"cannot commit transaction \"{outcome.TransactionId}\" in block {outcome.BlockNumber}: {Reason(outcome)}")
    {
        Outcome = outcome;
        IsTransient = IsConflict(outcome.Code);
    }

    /// <summary>What became of it.</summary>
    public CommitOutcome Outcome { get; }

    private static bool IsConflict(TxValidationCode code) => code is TxValidationCode.MvccReadConflict or TxValidationCode.PhantomReadConflict;

    private static string Reason(CommitOutcome outcome) =>
        IsConflict(outcome.Code) ? $"{outcome.CodeName}: another transaction wrote first what this one had read" : outcome.CodeName;
}
