using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>An endorsed transaction as it lies in a block, taken apart.</summary>
internal sealed record TransactionReader(
    ChannelHeader Channel, SignedData Creator, ByteString ProposalHash, ByteString ExpectedHash, ChaincodeAction Action, IReadOnlyList<SignedData> Endorsements, bool HasOneCreator)
{
    /// <summary>Reads an envelope.</summary>
    /// <returns>The transaction, or null when it is malformed.</returns>
    public static TransactionReader? Read(Envelope envelope)
    {
        try
        {
            var (payload, channel, signature) = Blocks.Open(envelope);
            var transaction = Transaction.Parser.ParseFrom(payload.Data);
            if (transaction.Actions.Count != 1)
            {
                return null;
            }

            var action = ChaincodeActionPayload.Parser.ParseFrom(transaction.Actions[0].Payload);
            var response = ProposalResponsePayload.Parser.ParseFrom(action.Action.ProposalResponsePayload);
            return new TransactionReader(
                channel,
                new SignedData(signature.Creator, envelope.Payload, envelope.Signature),
                response.ProposalHash,
                HashOf(payload.Header, action.ChaincodeProposalPayload),
                ChaincodeAction.Parser.ParseFrom(response.Extension),
                [.. action.Action.Endorsements.Select(endorsement => Signed(action.Action.ProposalResponsePayload, endorsement))],
                transaction.Actions[0].Header == payload.Header.SignatureHeader);
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or EmulationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The hash that binds an endorsement to a proposal.</summary>
    /// <param name="header">The proposal's header.</param>
    /// <param name="payload">The proposal's payload without its transient part.</param>
    public static ByteString HashOf(Header header, ByteString payload) => ByteString.CopyFrom(SHA256.HashData([.. header.ChannelHeader.Span, .. header.SignatureHeader.Span, .. payload.Span]));

    /// <summary>The transaction id that the creator and nonce of a header make.</summary>
    public static string IdOf(SignatureHeader header) => Convert.ToHexStringLower(SHA256.HashData([.. header.Nonce.Span, .. header.Creator.Span]));

    private static SignedData Signed(ByteString payload, Endorsement endorsement) =>
        new(endorsement.Endorser, ByteString.CopyFrom([.. payload.Span, .. endorsement.Endorser.Span]), endorsement.Signature);
}
