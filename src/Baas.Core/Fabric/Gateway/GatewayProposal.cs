using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>What a client wants a chaincode to do. Signed when it is first sent, unless it was signed elsewhere.</summary>
public sealed class GatewayProposal
{
    private readonly GatewayClient _client;
    private readonly ProposedTransaction _proposal;
    private readonly string _channel;

    internal GatewayProposal(GatewayClient client, ProposedTransaction proposal)
        : this(client, proposal, ChannelOf(proposal))
    {
    }

    internal GatewayProposal(GatewayClient client, ProposedTransaction proposal, string channel) => (_client, _proposal, _channel) = (client, proposal, channel);

    /// <summary>The id that the transaction will have.</summary>
    public string TransactionId => _proposal.TransactionId;

    /// <summary>What is to be signed (the message, not its hash), for those who sign elsewhere.</summary>
    public ReadOnlyMemory<byte> Message => _proposal.Proposal.ProposalBytes.Memory;

    /// <summary>The same with a signature that was made elsewhere: what <see cref="Identities.ISigner.Sign"/> says of <see cref="Message"/>.</summary>
    public GatewayProposal WithSignature(ReadOnlySpan<byte> signature)
    {
        var signed = _proposal.Clone();
        signed.Proposal.Signature = ByteString.CopyFrom(signature);
        return new GatewayProposal(_client, signed, _channel);
    }

    /// <summary>Runs it on one peer and gives what it returns; nothing is written.</summary>
    /// <exception cref="EvaluateException">The chaincode refuses, or no peer answers.</exception>
    public async Task<ReadOnlyMemory<byte>> EvaluateAsync(CancellationToken cancellationToken)
    {
        var request = new EvaluateRequest { TransactionId = TransactionId, ChannelId = _channel, ProposedTransaction = Signed() };
        request.TargetOrganizations.Add(_proposal.EndorsingOrganizations);
        var answer = await _client.Calls.CallAsync(
            FabricMethods.Evaluate, request, _client.Deadlines.Evaluate, TransactionId, static (id, failure) => new EvaluateException(id, failure), cancellationToken);
        return answer.Result?.Payload.Memory ?? default;
    }

    /// <summary>Collects the endorsements that it needs.</summary>
    /// <exception cref="EndorseException">It is not endorsed.</exception>
    public async Task<GatewayTransaction> EndorseAsync(CancellationToken cancellationToken)
    {
        var request = new EndorseRequest { TransactionId = TransactionId, ChannelId = _channel, ProposedTransaction = Signed() };
        request.EndorsingOrganizations.Add(_proposal.EndorsingOrganizations);
        var answer = await _client.Calls.CallAsync(
            FabricMethods.Endorse, request, _client.Deadlines.Endorse, TransactionId, static (id, failure) => new EndorseException(id, failure), cancellationToken);
        return new GatewayTransaction(_client, new PreparedTransaction { TransactionId = TransactionId, Envelope = answer.PreparedTransaction }, _channel, isNew: true);
    }

    /// <summary>Writes it down, for <see cref="GatewayClient.Proposal"/>.</summary>
    public byte[] ToBytes() => _proposal.ToByteArray();

    private SignedProposal Signed()
    {
        var proposal = _proposal.Proposal;
        if (proposal.Signature.IsEmpty)
        {
            proposal.Signature = UnsafeByteOperations.UnsafeWrap(_client.Signer.Sign(proposal.ProposalBytes.Span));
        }

        return proposal;
    }

    private static string ChannelOf(ProposedTransaction proposal)
    {
        var header = Header.Parser.ParseFrom(Protos.Peer.Proposal.Parser.ParseFrom(proposal.Proposal.ProposalBytes).Header);
        return ChannelHeader.Parser.ParseFrom(header.ChannelHeader).ChannelId;
    }
}
