using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Transactions;

/// <summary>Brings calls into a channel's ledger: endorsed by given peers, ordered, and seen as committed on the first of them.</summary>
/// <param name="endorsers">The peers that have to endorse, at least one; the first one is watched.</param>
/// <param name="orderers">The channel's orderers, at least one; with raft those further behind are used when the first ones fail, with BFT all of them.</param>
/// <param name="signer">Who submits.</param>
/// <param name="clock">The time that headers tell.</param>
internal sealed class TransactionSubmitter(IReadOnlyList<NodeConnection> endorsers, IReadOnlyList<NodeConnection> orderers, ISigner signer, TimeProvider clock)
{
    /// <summary>Submits a call and waits until it is committed.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="intent">The same for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up; the transaction may be committed nevertheless.</param>
    /// <exception cref="PeerRejectedException">A peer answered and said no.</exception>
    /// <exception cref="PeerUnreachableException">A peer did not answer in time.</exception>
    /// <exception cref="EndorsementsDifferException">The peers do not agree on what the call does.</exception>
    /// <exception cref="OrderingRefusedException">An orderer found the transaction wrong.</exception>
    /// <exception cref="OrderersUnavailableException">No orderer takes transactions now.</exception>
    /// <exception cref="TransactionInvalidException">The transaction is in the ledger without effect.</exception>
    /// <exception cref="CommitUnknownException">The transaction is ordered, but nothing was heard of its commit.</exception>
    public async Task SubmitAsync(ChaincodeCall call, string intent, CancellationToken cancellationToken)
    {
        var (id, transaction, consenters) = await EndorseAsync(call, intent, cancellationToken);
        await using var watch = await CommitWatch.OpenAsync(endorsers[0], call.Channel, signer, clock, cancellationToken);
        await OrderAsync(transaction, consenters, intent, cancellationToken);
        await watch.WaitAsync(id);
    }

    /// <summary>Sends a call to be ordered; whether it is committed nobody waits for.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task SendAsync(ChaincodeCall call, string intent, CancellationToken cancellationToken)
    {
        var (_, transaction, consenters) = await EndorseAsync(call, intent, cancellationToken);
        await OrderAsync(transaction, consenters, intent, cancellationToken);
    }

    private async Task<(string Id, Envelope Transaction, Consenters Consenters)> EndorseAsync(ChaincodeCall call, string intent, CancellationToken cancellationToken)
    {
        var proposal = Proposals.Create(call, signer, clock);
        var consenters = ReadConsentersAsync(ChannelName.Parse(call.Channel), cancellationToken);
        var endorsing = Task.WhenAll(endorsers.Select(peer => new Endorser(peer, signer, clock).EndorseAsync(proposal, intent, cancellationToken)));
        await Task.WhenAll(consenters, endorsing);
        return (proposal.TransactionId, EndorsedTransaction.Create(proposal, await endorsing, signer), await consenters);
    }

    // What the peer knows of the channel, as its gateway would: who orders, and how they agree, may have changed.
    private async Task<Consenters> ReadConsentersAsync(ChannelName channel, CancellationToken cancellationToken) =>
        Consenters.Of((await new PeerAdmin(new Endorser(endorsers[0], signer, clock)).ReadConfigAsync(channel, cancellationToken)).ChannelGroup.Groups[ConfigKeys.Orderer]);

    private Task OrderAsync(Envelope transaction, Consenters consenters, string intent, CancellationToken cancellationToken)
    {
        var broadcaster = new Broadcaster(orderers, clock);
        return consenters.AreBft
            ? broadcaster.SendToAllAsync(transaction, consenters.Count, intent, cancellationToken)
            : broadcaster.SendAsync(transaction, intent, cancellationToken);
    }
}
