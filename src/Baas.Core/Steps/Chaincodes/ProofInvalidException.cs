using Baas.Core.Fabric.Gateway;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>The transaction that was to prove a chaincode is in the ledger without effect. A retry of the operation makes another one.</summary>
/// <param name="chaincode">The chaincode.</param>
/// <param name="outcome">What became of the transaction.</param>
internal sealed class ProofInvalidException(ChaincodeSpec chaincode, CommitOutcome outcome)
    : BaasException("verification-invalid", $"cannot verify chaincode \"{chaincode.Name}\": transaction {outcome.TransactionId} in block {outcome.BlockNumber} is {outcome.CodeName}");
