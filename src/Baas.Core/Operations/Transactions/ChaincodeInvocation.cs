using Baas.Core.Networks;

namespace Baas.Core.Operations.Transactions;

/// <summary>A call of a chaincode.</summary>
/// <param name="Chaincode">The chaincode.</param>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Transient">What endorsers are told but the ledger never sees.</param>
/// <param name="EndorsingOrganizations">Whose peers run it; empty: the gateway finds out.</param>
public sealed record ChaincodeInvocation(
    ChaincodeName Chaincode,
    string Function,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Transient,
    IReadOnlyList<OrganizationName> EndorsingOrganizations);
