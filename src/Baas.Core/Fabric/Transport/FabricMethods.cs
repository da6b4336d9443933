using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using OrdererDeliverResponse = Baas.Core.Fabric.Protos.Orderer.DeliverResponse;
using PeerDeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Fabric.Transport;

/// <summary>The gRPC methods of Fabric's nodes that are used.</summary>
internal static class FabricMethods
{
    /// <summary>A peer: asks for one endorsement.</summary>
    public static GrpcMethod<SignedProposal, ProposalResponse> ProcessProposal { get; } = new("/protos.Endorser/ProcessProposal", ProposalResponse.Parser);

    /// <summary>A peer, both ways streaming: reads whole blocks.</summary>
    public static GrpcMethod<Envelope, PeerDeliverResponse> PeerDeliver { get; } = new("/protos.Deliver/Deliver", PeerDeliverResponse.Parser);

    /// <summary>A peer, both ways streaming: reads what became of transactions.</summary>
    public static GrpcMethod<Envelope, PeerDeliverResponse> PeerDeliverFiltered { get; } = new("/protos.Deliver/DeliverFiltered", PeerDeliverResponse.Parser);

    /// <summary>An orderer, both ways streaming: submits envelopes.</summary>
    public static GrpcMethod<Envelope, BroadcastResponse> Broadcast { get; } = new("/orderer.AtomicBroadcast/Broadcast", BroadcastResponse.Parser);

    /// <summary>An orderer, both ways streaming: reads blocks.</summary>
    public static GrpcMethod<Envelope, OrdererDeliverResponse> Deliver { get; } = new("/orderer.AtomicBroadcast/Deliver", OrdererDeliverResponse.Parser);

    /// <summary>A peer's gateway: collects the endorsements that a transaction needs.</summary>
    public static GrpcMethod<EndorseRequest, EndorseResponse> Endorse { get; } = new("/gateway.Gateway/Endorse", EndorseResponse.Parser);

    /// <summary>A peer's gateway: submits an endorsed transaction.</summary>
    public static GrpcMethod<SubmitRequest, SubmitResponse> Submit { get; } = new("/gateway.Gateway/Submit", SubmitResponse.Parser);

    /// <summary>A peer's gateway: waits for a transaction to be committed.</summary>
    public static GrpcMethod<SignedCommitStatusRequest, CommitStatusResponse> CommitStatus { get; } = new("/gateway.Gateway/CommitStatus", CommitStatusResponse.Parser);

    /// <summary>A peer's gateway: runs a transaction without submitting it.</summary>
    public static GrpcMethod<EvaluateRequest, EvaluateResponse> Evaluate { get; } = new("/gateway.Gateway/Evaluate", EvaluateResponse.Parser);

    /// <summary>A peer's gateway, server streaming: events of one chaincode.</summary>
    public static GrpcMethod<SignedChaincodeEventsRequest, ChaincodeEventsResponse> ChaincodeEvents { get; } = new("/gateway.Gateway/ChaincodeEvents", ChaincodeEventsResponse.Parser);
}
