using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Core.Fabric.Transactions;

/// <summary>Builds transactions of proposals and their endorsements.</summary>
internal static class EndorsedTransaction
{
    /// <summary>The signed envelope that orderers take.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="answers">What the endorsers answered, at least one, all of them successes.</param>
    /// <param name="signer">Who has made the proposal.</param>
    /// <exception cref="EndorsementsDifferException">The endorsers do not agree on what the proposal does.</exception>
    public static Envelope Create(TransactionProposal proposal, IReadOnlyList<ProposalResponse> answers, ISigner signer)
    {
        var agreed = answers[0].Payload;
        if (answers.Any(answer => !answer.Payload.Equals(agreed)))
        {
            throw new EndorsementsDifferException(proposal.TransactionId);
        }

        var header = Header.Parser.ParseFrom(proposal.Proposal.Header);
        var action = new ChaincodeActionPayload
        {
            ChaincodeProposalPayload = ForTheLedger(proposal.Proposal.Payload),
            Action = new ChaincodeEndorsedAction
            {
                ProposalResponsePayload = agreed,
                Endorsements = { answers.Select(answer => answer.Endorsement).DistinctBy(endorsement => endorsement.Endorser) },
            },
        };
        var transaction = new Transaction { Actions = { new TransactionAction { Header = header.SignatureHeader, Payload = action.ToByteString() } } };
        return Proposals.Sign(new Payload { Header = header, Data = transaction.ToByteString() }, signer);
    }

    // What endorsers alone are told is not part of the transaction, and peers refuse one that holds it.
    private static ByteString ForTheLedger(ByteString payload) =>
        new ChaincodeProposalPayload { Input = ChaincodeProposalPayload.Parser.ParseFrom(payload).Input }.ToByteString();
}
