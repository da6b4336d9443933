using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf.Reflection;

namespace Baas.Core.Fabric.Gateway;

/// <summary>What became of a transaction.</summary>
/// <param name="TransactionId">Its id.</param>
/// <param name="Code">What peers found.</param>
/// <param name="BlockNumber">The block that holds it.</param>
public sealed record CommitOutcome(string TransactionId, TxValidationCode Code, ulong BlockNumber)
{
    /// <summary>Whether it has taken effect.</summary>
    public bool IsValid => Code is TxValidationCode.Valid;

    /// <summary>The code as Fabric writes it, such as <c>MVCC_READ_CONFLICT</c>.</summary>
    public string CodeName => TransactionReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(TxValidationCode)).FindValueByNumber((int)Code)?.Name ?? $"{(int)Code}";

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
