using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Transport;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Answers proposals: checks who asks, runs the chaincode, signs what came out.</summary>
internal sealed class EndorserService(PeerNode peer)
{
    private const int FirstError = 400;

    private readonly Dictionary<string, ISystemChaincode> _system = new(StringComparer.Ordinal)
    {
        ["cscc"] = new ConfigurationChaincode(peer),
        ["qscc"] = new QueryChaincode(peer),
        [LifecycleChaincode.Name] = new LifecycleChaincode(peer),
    };

    /// <summary>Serves one call.</summary>
    public async Task ServeAsync(GrpcExchange call)
    {
        var signed = await call.ReadAsync(SignedProposal.Parser) ?? throw new GrpcFailure(GrpcStatusCode.Internal, "no request message");
        await call.WriteAsync(Process(signed));
    }

    /// <summary>Answers one proposal.</summary>
    /// <exception cref="EmulationException">The proposal itself is refused.</exception>
    public ProposalResponse Process(SignedProposal signed)
    {
        var proposal = ProposalReader.Read(signed);
        var name = proposal.Channel.ChannelId;
        var channel = name.Length == 0 ? null : peer.Find(name);
        if (name.Length > 0 && channel is null)
        {
            return new ProposalResponse { Response = Responses.Error($"channel '{name}' not found") };
        }

        proposal.Demand(channel?.Config.Msps ?? peer.Msp.Msps, peer.Clock.GetUtcNow());
        if (channel is not null && channel.Transactions.ContainsKey(proposal.Channel.TxId))
        {
            throw new EmulationException($"duplicate transaction found [{proposal.Channel.TxId}]");
        }

        var simulator = channel is null ? null : new Simulator(channel.State, channel.History, proposal.Chaincode);
        var call = new ChaincodeCall(proposal, channel, simulator);
        if (_system.TryGetValue(proposal.Chaincode, out var chaincode))
        {
            return Answer(proposal, channel, simulator, RunSystem(chaincode, call));
        }

        if (channel is null)
        {
            return new ProposalResponse { Response = Responses.Error($"chaincode {proposal.Chaincode} needs a channel") };
        }

        channel.Config.Policies.Demand(channel.Config.PolicyFor("peer/Propose", PeerNode.Writers), [proposal.Signed]);
        try
        {
            return Answer(proposal, channel, simulator, new UserChaincodes(peer).Invoke(call, channel));
        }
        catch (EmulationException refused)
        {
            // Not the chaincode but the peer has failed: such answers have no payload.
            return new ProposalResponse { Response = Responses.Error(refused.Message) };
        }
    }

    private static Response RunSystem(ISystemChaincode chaincode, ChaincodeCall call)
    {
        try
        {
            return chaincode.Invoke(call);
        }
        catch (EmulationException refused)
        {
            return Responses.Error(refused.Message);
        }
    }

    private ProposalResponse Answer(ProposalReader proposal, PeerChannel? channel, Simulator? simulator, Response response)
    {
        var (results, secret) = simulator?.Results() ?? (ByteString.Empty, null);
        var version = proposal.Chaincode == LifecycleChaincode.Name || channel is null ? "syscc" : channel.DefinitionOf(proposal.Chaincode)?.Endorsement.Version ?? "syscc";
        if (simulator?.Event is { } chaincodeEvent)
        {
            chaincodeEvent.TxId = proposal.Channel.TxId;
            chaincodeEvent.ChaincodeId = proposal.Chaincode;
        }

        var action = new ChaincodeAction { Results = results, Events = simulator?.Event?.ToByteString() ?? ByteString.Empty, Response = response, ChaincodeId = new ChaincodeID { Name = proposal.Chaincode, Version = version } };
        var payload = new ProposalResponsePayload { ProposalHash = proposal.Hash, Extension = action.ToByteString() }.ToByteString();
        var answer = new ProposalResponse { Version = 1, Response = response, Payload = payload };
        if (channel is null || response.Status >= FirstError)
        {
            return answer;
        }

        if (secret is not null)
        {
            channel.Private.Put(proposal.Channel.TxId, secret);
        }

        answer.Endorsement = new Endorsement { Endorser = peer.Msp.Serialized, Signature = peer.Msp.Sign([.. payload.Span, .. peer.Msp.Serialized.Span]) };
        return answer;
    }
}
