using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Core.Fabric.Peers;

/// <summary>A signed proposal and what a transaction is made of it.</summary>
/// <param name="TransactionId">The id that the transaction will have.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Signed">The same as it is sent to peers.</param>
internal sealed record TransactionProposal(string TransactionId, Proposal Proposal, SignedProposal Signed);
