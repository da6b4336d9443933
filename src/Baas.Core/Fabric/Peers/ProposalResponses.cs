using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Peers;

/// <summary>The one place in which the answers of peers are judged.</summary>
internal static class ProposalResponses
{
    private const int Success = 200;

    // protoutil.CreateSignedTx: what is below counts as success, chaincodes may use the rest of the range.
    private const int FirstFailure = 400;

    /// <summary>What the chaincode gave back.</summary>
    /// <exception cref="PeerRejectedException">The peer or the chaincode said no.</exception>
    public static ByteString PayloadOf(ProposalResponse answer, NodeEndpoint peer, string intent) => Checked(answer, peer, intent).Response.Payload;

    /// <summary>The same answer, which is a success.</summary>
    /// <exception cref="PeerRejectedException">The peer or the chaincode said no.</exception>
    public static ProposalResponse Checked(ProposalResponse answer, NodeEndpoint peer, string intent) =>
        answer.Response is { Status: >= Success and < FirstFailure } ? answer : throw Rejected(answer.Response, peer, intent);

    private static PeerRejectedException Rejected(Response? response, NodeEndpoint peer, string intent) => response is null
        ? new PeerRejectedException(peer, intent, 0, "the answer is empty")
        : new PeerRejectedException(peer, intent, response.Status, response.Message) { IsTransient = MayPass(response.Message) };

    // Status 500 stands for nearly everything that a peer refuses; these are the reasons that pass by themselves.
    private static bool MayPass(string reason) =>
        reason.Contains("private data matching public hash version is not available", StringComparison.Ordinal) // comes by gossip; core/ledger/kvledger/txmgmt
        || reason.Contains("timeout expired while executing transaction", StringComparison.Ordinal); // core/chaincode/handler.go
}
