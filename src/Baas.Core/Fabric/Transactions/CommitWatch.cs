using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using PeerDeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Fabric.Transactions;

/// <summary>
/// Follows a channel on one peer to see what becomes of a transaction. Opened before the transaction is ordered, so that its block
/// cannot pass unseen.
/// </summary>
internal sealed class CommitWatch : IAsyncDisposable
{
    // More than a batch time-out and a few elections of a leader; less than a step may take.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    private readonly NodeEndpoint _peer;
    private readonly GrpcCall<Envelope, PeerDeliverResponse> _blocks;

    private CommitWatch(NodeEndpoint peer, GrpcCall<Envelope, PeerDeliverResponse> blocks)
    {
        _peer = peer;
        _blocks = blocks;
    }

    /// <summary>Begins to follow a channel from the peer's newest block on.</summary>
    /// <exception cref="PeerRejectedException">The peer does not let the signer read the channel, or is no member of it.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public static async Task<CommitWatch> OpenAsync(NodeConnection peer, string channel, ISigner signer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var intent = $"follow channel \"{channel}\"";
        var blocks = peer.Open(FabricMethods.PeerDeliverFiltered, Deadline, cancellationToken);
        try
        {
            await blocks.WriteAsync(Proposals.Envelope(HeaderType.DeliverSeekInfo, channel, FromNewest(), signer, clock));
            blocks.Complete();

            // The newest block comes at once: from here on every later one is seen.
            var first = await blocks.ReadAsync();
            return first is { FilteredBlock: not null } ? new CommitWatch(peer.Endpoint, blocks) : throw Rejected(peer.Endpoint, intent, first?.Status ?? Status.Unknown);
        }
        catch (BaasException failure) when (PeerFailures.IsOne(failure))
        {
            await blocks.DisposeAsync();
            throw PeerFailures.Of(peer.Endpoint, intent, failure);
        }
        catch
        {
            await blocks.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a transaction that was ordered after the watch was opened.</summary>
    /// <exception cref="TransactionInvalidException">It stands in the ledger without effect.</exception>
    /// <exception cref="CommitUnknownException">Nothing was heard of it in time.</exception>
    public async Task WaitAsync(string transactionId)
    {
        try
        {
            await foreach (var answer in _blocks.ReadAllAsync())
            {
                if (answer.FilteredBlock?.FilteredTransactions.FirstOrDefault(transaction => transaction.Txid == transactionId) is { } found)
                {
                    Judge(found);
                    return;
                }
            }
        }
        catch (BaasException failure) when (PeerFailures.IsOne(failure))
        {
            throw new CommitUnknownException(transactionId, $"{_peer.Node}", failure.Message, failure);
        }

        throw new CommitUnknownException(transactionId, $"{_peer.Node}", "the peer sends no more blocks");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _blocks.DisposeAsync();

    private static void Judge(FilteredTransaction transaction)
    {
        if (transaction.TxValidationCode is not TxValidationCode.Valid)
        {
            throw new TransactionInvalidException(transaction.Txid, transaction.TxValidationCode);
        }
    }

    private static PeerRejectedException Rejected(NodeEndpoint peer, string intent, Status status) =>
        new(peer, intent, (int)status, $"{status}") { IsTransient = status is Status.ServiceUnavailable };

    private static SeekInfo FromNewest() => new()
    {
        Start = new SeekPosition { Newest = new SeekNewest() },
        Stop = new SeekPosition { Specified = new SeekSpecified { Number = ulong.MaxValue } },
        Behavior = SeekInfo.Types.SeekBehavior.BlockUntilReady,
    };
}
