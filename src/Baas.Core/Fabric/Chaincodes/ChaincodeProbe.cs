using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Asks a chaincode through a peer for a sign of life. Nothing is ordered, so nothing changes.</summary>
internal sealed class ChaincodeProbe(Endorser peer)
{
    // Chaincodes that are made with the contract API describe themselves; the others know no such function, and saying so is an answer as well.
    private const string Question = "org.hyperledger.fabric:GetMetadata";

    // How peers say that they reach no chaincode, or that it registers as another one; it has no status of its own (core/chaincode/chaincode_support.go).
    private const string NotLaunched = "could not launch chaincode";

    // How peers refuse, before they reach the chaincode, what came before its init (the same file).
    private const string NotInitialized = "has not been initialized for this version";

    /// <summary>Returns when the chaincode has answered, whatever it said.</summary>
    /// <exception cref="ChaincodeSilentException">The peer cannot talk with it.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task AskAsync(ChannelName channel, string chaincode, CancellationToken cancellationToken)
    {
        var call = ChaincodeCall.Of(channel.Value, chaincode, Question);
        if (await RefusalAsync(chaincode, call, cancellationToken) is { } refusal && refusal.Reason.Contains(NotInitialized, StringComparison.Ordinal))
        {
            // The same as its init does reach it. As nothing is ordered, the chaincode still waits for the real one.
            await RefusalAsync(chaincode, call with { IsInit = true }, cancellationToken);
        }
    }

    private async Task<PeerRejectedException?> RefusalAsync(string chaincode, ChaincodeCall call, CancellationToken cancellationToken)
    {
        try
        {
            await peer.RunAsync(call, $"reach chaincode \"{chaincode}\"", cancellationToken);
            return null;
        }
        catch (PeerRejectedException refusal)
        {
            return refusal.Reason.Contains(NotLaunched, StringComparison.Ordinal) ? throw new ChaincodeSilentException(chaincode, peer.Peer, refusal) : refusal;
        }
    }
}
