using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>A chaincode of a channel, as one client sees it.</summary>
public sealed class GatewayChaincode
{
    private readonly GatewayClient _client;

    internal GatewayChaincode(GatewayClient client, string channel, string name) => (_client, Channel, Name) = (client, channel, name);

    /// <summary>The channel.</summary>
    public string Channel { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Runs a function and gives what it returns; nothing is written.</summary>
    /// <exception cref="EvaluateException">The chaincode refuses, or no peer answers.</exception>
    public Task<ReadOnlyMemory<byte>> EvaluateAsync(string function, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        EvaluateAsync(ChaincodeRequest.Of(function, arguments), cancellationToken);

    /// <summary>Runs a function and gives what it returns; nothing is written.</summary>
    /// <exception cref="EvaluateException">The chaincode refuses, or no peer answers.</exception>
    public Task<ReadOnlyMemory<byte>> EvaluateAsync(ChaincodeRequest request, CancellationToken cancellationToken) => Propose(request).EvaluateAsync(cancellationToken);

    /// <summary>Submits a transaction and waits until it is committed.</summary>
    /// <exception cref="EndorseException">It is not endorsed: nothing was submitted.</exception>
    /// <exception cref="SubmitException">The orderers do not take it: nothing was submitted.</exception>
    /// <exception cref="CommitStatusException">It was handed over, and nothing was heard of it in time. It may be committed nevertheless.</exception>
    /// <exception cref="CommitException">It is in the ledger without effect.</exception>
    public Task<TransactionResult> SubmitAsync(string function, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        SubmitAsync(ChaincodeRequest.Of(function, arguments), cancellationToken);

    /// <summary>Submits a transaction and waits until it is committed.</summary>
    /// <exception cref="EndorseException">It is not endorsed: nothing was submitted.</exception>
    /// <exception cref="SubmitException">The orderers do not take it: nothing was submitted.</exception>
    /// <exception cref="CommitStatusException">It was handed over, and nothing was heard of it in time. It may be committed nevertheless.</exception>
    /// <exception cref="CommitException">It is in the ledger without effect.</exception>
    public async Task<TransactionResult> SubmitAsync(ChaincodeRequest request, CancellationToken cancellationToken)
    {
        var transaction = await Propose(request).EndorseAsync(cancellationToken);
        return await transaction.SubmitToEndAsync(cancellationToken);
    }

    /// <summary>Makes a proposal: the first of the steps that <see cref="SubmitAsync(ChaincodeRequest, CancellationToken)"/> takes.</summary>
    public GatewayProposal Propose(ChaincodeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = new ChaincodeCall(Channel, Name, [ByteString.CopyFromUtf8(request.Function), .. request.Arguments.Select(argument => ByteString.CopyFrom(argument.Span))])
        {
            Transient = request.Transient.ToDictionary(item => item.Key, item => ByteString.CopyFrom(item.Value.Span)),
        };
        var (id, proposal) = Proposals.Unsigned(call, _client.Signer, _client.Clock);
        return new GatewayProposal(
            _client,
            new ProposedTransaction
            {
                TransactionId = id,
                Proposal = new SignedProposal { ProposalBytes = proposal.ToByteString() },
                EndorsingOrganizations = { request.EndorsingOrganizations },
            },
            Channel);
    }

    /// <summary>The chaincode's events, those to come included, until the caller stops. Peers that go away are replaced; no event is lost or given twice.</summary>
    /// <param name="start">Where to begin; null: with the next block.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EventsException">A peer refuses, or none answers for a while.</exception>
    public IAsyncEnumerable<ContractEvent> EventsAsync(EventStart? start, CancellationToken cancellationToken) =>
        ChaincodeEvents.FollowAsync(_client, Channel, Name, start, cancellationToken);
}
