using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway;

/// <summary>
/// Hears for many transactions of a channel at once what became of them, by one stream of what a peer commits. A transaction that asks by itself costs the peer the check of
/// a signature and of a policy; a block costs the same however many wait for it. Few ask by themselves, as does everybody when the stream is lost or was opened after
/// the transaction was handed over. A peer shows a block to a stream when its state is written (kvledger's blocksItr), so that a read after it sees the write.
/// </summary>
internal sealed class CommitFeed(GatewayClient client, string channel)
{
    /// <summary>How many have to wait at once for a stream to be worth it.</summary>
    public const int Crowd = 8;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<CommitOutcome?>> _waiting = new(StringComparer.Ordinal);
    private NodeConnection? _heard;
    private bool _isOpen;
    private int _crowd;
    private long _left;
    private long? _failed;

    /// <summary>Enters a transaction before it is handed over; <see cref="Leave"/> has to follow.</summary>
    /// <param name="transactionId">Its id.</param>
    /// <param name="isNew">Whether nobody has handed it over before; otherwise it may be in a block that has passed.</param>
    /// <returns>What becomes of it; null in the task: ask the peer. Null itself when there is no stream.</returns>
    public Task<CommitOutcome?>? Enter(string transactionId, bool isNew)
    {
        lock (_lock)
        {
            _crowd++;
            if (isNew && _heard is not null && ReferenceEquals(_heard, client.Calls.Preferred))
            {
                var source = new TaskCompletionSource<CommitOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting[transactionId] = source;
                return source.Task;
            }

            if (!_isOpen && _crowd >= Crowd && !IsResting())
            {
                _isOpen = true;
                _ = FollowAsync(client.Calls.Preferred);
            }

            return null;
        }
    }

    /// <summary>The transaction's end is known, or nobody waits for it any more.</summary>
    public void Leave(string transactionId)
    {
        lock (_lock)
        {
            _crowd--;
            _left = client.Clock.GetTimestamp();
            _waiting.Remove(transactionId);
        }
    }

    private async Task FollowAsync(NodeConnection peer)
    {
        var isWanted = true;
        try
        {
            await using var call = await BlockEvents.OpenAsync(client, peer, channel, FabricMethods.PeerDeliverFiltered, new SeekPosition { Newest = new SeekNewest() }, client.Closed);
            while (isWanted && await call.ReadAsync() is { FilteredBlock: { } block })
            {
                isWanted = Tell(peer, block);
            }
        }
        catch (BaasException failure) when (CallFailure.IsOne(failure))
        {
            // Those who wait ask the peers now, and hear from them what is wrong.
        }
        catch (OperationCanceledException) when (client.Closed.IsCancellationRequested)
        {
            // So do these, and hear that the client is closed.
        }

        Close(isLost: isWanted); // it ended by itself
    }

    // False: nobody needs the stream any more, or calls go to another peer, which may be behind this one.
    private bool Tell(NodeConnection peer, FilteredBlock block)
    {
        lock (_lock)
        {
            _heard = peer;
            foreach (var transaction in block.FilteredTransactions)
            {
                if (_waiting.Remove(transaction.Txid, out var source))
                {
                    // A copy says nothing of the first one: the peer tells of that.
                    source.SetResult(transaction.TxValidationCode == TxValidationCode.DuplicateTxid ? null : new CommitOutcome(transaction.Txid, transaction.TxValidationCode, block.Number));
                }
            }

            return ReferenceEquals(peer, client.Calls.Preferred) && (_crowd > 0 || client.Clock.GetElapsedTime(_left) < Idle);
        }
    }

    private void Close(bool isLost)
    {
        lock (_lock)
        {
            (_heard, _isOpen, _failed) = (null, false, isLost ? client.Clock.GetTimestamp() : null);
            foreach (var source in _waiting.Values)
            {
                source.SetResult(null);
            }

            _waiting.Clear();
        }
    }

    private bool IsResting() => _failed is { } since && client.Clock.GetElapsedTime(since) < Rest;
}
