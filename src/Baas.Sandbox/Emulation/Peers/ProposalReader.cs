using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>A proposal, read and proven to come from its creator.</summary>
/// <param name="Channel">The channel header.</param>
/// <param name="Signature">The signature header.</param>
/// <param name="Chaincode">The chaincode that is called.</param>
/// <param name="Input">Its input.</param>
/// <param name="Transient">Values that do not go into the transaction.</param>
/// <param name="Hash">What binds endorsements to this proposal.</param>
/// <param name="Signed">The creator's signature over the proposal.</param>
internal sealed record ProposalReader(
    ChannelHeader Channel, SignatureHeader Signature, string Chaincode, ChaincodeInput Input, IReadOnlyDictionary<string, ByteString> Transient, ByteString Hash, SignedData Signed)
{
    /// <summary>Takes a proposal apart.</summary>
    /// <exception cref="EmulationException">It is malformed.</exception>
    public static ProposalReader Read(SignedProposal signed)
    {
        try
        {
            var proposal = Proposal.Parser.ParseFrom(signed.ProposalBytes);
            var header = Header.Parser.ParseFrom(proposal.Header);
            var channel = ChannelHeader.Parser.ParseFrom(header.ChannelHeader);
            var signature = SignatureHeader.Parser.ParseFrom(header.SignatureHeader);
            var payload = ChaincodeProposalPayload.Parser.ParseFrom(proposal.Payload);
            var invocation = ChaincodeInvocationSpec.Parser.ParseFrom(payload.Input);
            var chaincode = ChaincodeHeaderExtension.Parser.ParseFrom(channel.Extension).ChaincodeId?.Name ?? string.Empty;
            if (chaincode.Length == 0 || invocation.ChaincodeSpec?.Input is not { } input)
            {
                throw new EmulationException("error unpacking proposal: ChaincodeHeaderExtension.ChaincodeId or the chaincode's input is missing");
            }

            if (invocation.ChaincodeSpec.ChaincodeId?.Name != chaincode)
            {
                throw new EmulationException("error unpacking proposal: inconsistent chaincode ID: header and payload name different chaincodes");
            }

            var hash = TransactionReader.HashOf(header, new ChaincodeProposalPayload { Input = payload.Input }.ToByteString());
            return new ProposalReader(channel, signature, chaincode, input, payload.TransientMap, hash, new SignedData(signature.Creator, signed.ProposalBytes, signed.Signature));
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException("error unpacking proposal: it is malformed", failure);
        }
    }

    /// <summary>Checks header, id, creator and signature.</summary>
    /// <param name="msps">The MSPs that are believed: the channel's, or the peer's own without a channel.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="EmulationException">Something is not as it has to be.</exception>
    public void Demand(MspSet msps, DateTimeOffset now)
    {
        if (Channel.Type != (int)HeaderType.EndorserTransaction || Channel.Epoch != 0 || Signature.Nonce.IsEmpty || Signature.Creator.IsEmpty)
        {
            throw new EmulationException("error validating proposal: invalid header type, epoch, nonce or creator");
        }

        var expected = TransactionReader.IdOf(Signature);
        if (Channel.TxId != expected)
        {
            throw new EmulationException($"error validating proposal: incorrectly computed txid '{Channel.TxId}' -- expected '{expected}'");
        }

        MspIdentity creator;
        try
        {
            creator = msps.Identify(Signature.Creator);
        }
        catch (EmulationException failure)
        {
            throw new EmulationException($"error validating proposal: access denied: channel [{Channel.ChannelId}] creator org unknown, creator is malformed: {failure.Message}", failure);
        }

        if (!creator.Verify(Signed.Data.Span, Signed.Signature.Span))
        {
            throw new EmulationException($"error validating proposal: access denied: channel [{Channel.ChannelId}] creator org [{creator.MspId}]");
        }

        if (creator.NotAfter < now)
        {
            throw new EmulationException("proposal client identity expired");
        }
    }
}
