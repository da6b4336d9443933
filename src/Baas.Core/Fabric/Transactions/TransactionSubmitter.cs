using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Transactions;

/// <summary>Brings calls into a channel's ledger: endorsed by given peers, ordered, and seen as committed on the first of them.</summary>
/// <param name="endorsers">The peers that have to endorse, at least one; the first one is watched.</param>
/// <param name="orderers">The channel's orderers, at least one; those further behind are used when the first ones fail.</param>
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
        var proposal = Proposals.Create(call, signer, clock);
        var answers = await Task.WhenAll(endorsers.Select(peer => new Endorser(peer, signer, clock).EndorseAsync(proposal, intent, cancellationToken)));
        var transaction = EndorsedTransaction.Create(proposal, answers, signer);

        await using var watch = await CommitWatch.OpenAsync(endorsers[0], call.Channel, signer, clock, cancellationToken);
        await new Broadcaster(orderers).SendAsync(transaction, intent, cancellationToken);
        await watch.WaitAsync(proposal.TransactionId);
    }
}
