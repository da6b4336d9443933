using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Core.Fabric.Gateway;

/// <summary>What became of a transaction.</summary>
/// <param name="TransactionId">Its id.</param>
/// <param name="Code">What peers found.</param>
/// <param name="BlockNumber">The block that holds it.</param>
public sealed record CommitOutcome(string TransactionId, TxValidationCode Code, ulong BlockNumber)
{
    /// <summary>Whether it has taken effect.</summary>
    public bool IsValid => Code is TxValidationCode.Valid;

    /// <summary>Throws when it has not.</summary>
    /// <exception cref="CommitException">It has not.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new CommitException(this);
        }
    }
}
