using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>A peer cannot talk with the server of a chaincode that is committed: it speaks another protocol, other TLS, or registers under another package id.</summary>
/// <param name="chaincode">The chaincode.</param>
/// <param name="peer">The peer.</param>
/// <param name="refusal">What the peer says.</param>
internal sealed class ChaincodeSilentException(string chaincode, NodeEndpoint peer, PeerRejectedException refusal)
    : BaasException("chaincode-silent", $"cannot reach chaincode \"{chaincode}\" from peer \"{peer.Node}\": {refusal.Reason.ReplaceLineEndings(" ")}", refusal);
