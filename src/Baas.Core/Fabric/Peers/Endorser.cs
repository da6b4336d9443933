using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Peers;

/// <summary>Asks one peer, as one identity, to run a call. The connection and the signer belong to the caller.</summary>
internal sealed class Endorser(NodeConnection peer, ISigner signer, TimeProvider clock)
{
    // The peer itself gives up a call after 30 s (core.yaml, chaincode.executetimeout).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(35);

    /// <summary>The peer.</summary>
    public NodeEndpoint Peer => peer.Endpoint;

    /// <summary>Runs a call whose effect is not ordered, and gives what it returns.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="intent">The same for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up the call; the peer is told.</param>
    /// <exception cref="PeerRejectedException">The peer answered and said no.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<ByteString> RunAsync(ChaincodeCall call, string intent, CancellationToken cancellationToken) =>
        (await EndorseAsync(Proposals.Create(call, signer, clock), intent, cancellationToken)).Response.Payload;

    /// <summary>Gets the peer's signature under what the proposal does.</summary>
    /// <param name="proposal">The signed proposal.</param>
    /// <param name="intent">The same for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up the call; the peer is told.</param>
    /// <exception cref="PeerRejectedException">The peer answered and said no.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<ProposalResponse> EndorseAsync(TransactionProposal proposal, string intent, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await peer.CallAsync(FabricMethods.ProcessProposal, proposal.Signed, Deadline, cancellationToken);
            return ProposalResponses.Checked(answer, Peer, intent);
        }
        catch (BaasException failure) when (PeerFailures.IsOne(failure))
        {
            throw PeerFailures.Of(Peer, intent, failure);
        }
    }
}
