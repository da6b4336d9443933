using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;
using static Baas.Core.Fabric.Protos.Msp.MSPRole.Types;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The system chaincode <c>cscc</c>: joins channels and lists them.</summary>
internal sealed class ConfigurationChaincode(PeerNode peer) : ISystemChaincode
{
    /// <inheritdoc/>
    public Response Invoke(ChaincodeCall call)
    {
        switch (call.Function)
        {
            case "JoinChain":
                return Join(call);
            case "GetChannels":
                DemandRole(MSPRoleType.Member, call);
                return Responses.Ok(new ChannelQueryResponse { Channels = { peer.Channels.Select(channel => new ChannelInfo { ChannelId = channel.Name }) } });
            case "GetConfigBlock" or "GetChannelConfig":
                return Config(call);
            default:
                return Responses.Error($"Requested function {call.Function} not found (emulated node).");
        }
    }

    private Response Join(ChaincodeCall call)
    {
        try
        {
            var block = Block.Parser.ParseFrom(call.Argument(1));
            if (block.Header is null || Blocks.ConfigIn(block) is not var (name, config) || config.Config is null)
            {
                return Responses.Error("\"JoinChain\" request failed to extract channel id from the block: it is not a config block");
            }

            _ = new ChannelConfig(name, config.Config);
            DemandRole(MSPRoleType.Admin, call);
            Blocks.DemandLink(block, null);
            peer.Join(name, block);
            return Responses.Ok();
        }
        catch (InvalidProtocolBufferException failure)
        {
            return Responses.Error($"Failed to reconstruct the genesis block, {failure.Message}");
        }
    }

    private Response Config(ChaincodeCall call)
    {
        var name = call.Argument(1).ToStringUtf8();
        var channel = peer.Find(name) ?? throw new EmulationException($"Unknown channel ID, {name}");
        if (channel.Config.Policies.Refuse(channel.Config.PolicyFor($"cscc/{call.Function}", PeerNode.Readers), [call.Proposal.Signed]) is { } reason)
        {
            return Responses.Error($"access denied for [{call.Function}][{name}]: {reason}");
        }

        return call.Function == "GetConfigBlock" ? Responses.Ok(channel.Store.Read(channel.ConfigNumber)) : Responses.Ok(channel.Config.Config);
    }

    private void DemandRole(MSPRoleType role, ChaincodeCall call)
    {
        try
        {
            peer.Msp.Demand(role, call.Proposal.Signed);
        }
        catch (EmulationException refused)
        {
            throw new EmulationException($"access denied for [{call.Function}]: {refused.Message}", refused);
        }
    }
}
