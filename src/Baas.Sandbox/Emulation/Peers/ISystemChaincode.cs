using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>A call of a chaincode: who asks for what, on which channel.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Channel">The channel, or null for calls without one.</param>
/// <param name="Simulator">Reads and writes of the channel's state; null without a channel.</param>
internal sealed record ChaincodeCall(ProposalReader Proposal, PeerChannel? Channel, Simulator? Simulator)
{
    /// <summary>The function's name, the first argument.</summary>
    public string Function => Argument(0).ToStringUtf8();

    /// <summary>How many arguments there are, the function's name included.</summary>
    public int Count => Proposal.Input.Args.Count;

    /// <summary>One argument; empty when it is missing.</summary>
    public ByteString Argument(int index) => index < Proposal.Input.Args.Count ? Proposal.Input.Args[index] : ByteString.Empty;
}

/// <summary>A chaincode that is part of the peer.</summary>
internal interface ISystemChaincode
{
    /// <summary>Runs a call. An <see cref="EmulationException"/> becomes an answer with status 500.</summary>
    Response Invoke(ChaincodeCall call);
}
