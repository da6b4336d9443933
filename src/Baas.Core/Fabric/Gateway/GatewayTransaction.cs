using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>An endorsed transaction. Signed when it is first submitted, unless it was signed elsewhere.</summary>
public sealed class GatewayTransaction
{
    // An election takes up to 10 seconds: with these waits 4 more at most. Who only waits in a long queue soon asks less often.
    private static readonly TimeSpan More = TimeSpan.FromMilliseconds(500);

    private readonly GatewayClient _client;
    private readonly PreparedTransaction _transaction;
    private readonly string _channel;
    private ReadOnlyMemory<byte>? _result;
    private bool _isNew;

    internal GatewayTransaction(GatewayClient client, PreparedTransaction transaction)
        : this(client, transaction, ChannelOf(transaction), isNew: false)
    {
    }

    // A new one is in no block yet.
    internal GatewayTransaction(GatewayClient client, PreparedTransaction transaction, string channel, bool isNew) =>
        (_client, _transaction, _channel, _isNew) = (client, transaction, channel, isNew);

    /// <summary>Its id.</summary>
    public string TransactionId => _transaction.TransactionId;

    /// <summary>What the chaincode returned.</summary>
    public ReadOnlyMemory<byte> Result => _result ??= ResultOf(_transaction.Envelope);

    /// <summary>What is to be signed (the message, not its hash), for those who sign elsewhere.</summary>
    public ReadOnlyMemory<byte> Message => _transaction.Envelope.Payload.Memory;

    /// <summary>The same with a signature that was made elsewhere: what <see cref="Identities.ISigner.Sign"/> says of <see cref="Message"/>.</summary>
    public GatewayTransaction WithSignature(ReadOnlySpan<byte> signature)
    {
        var signed = _transaction.Clone();
        signed.Envelope.Signature = ByteString.CopyFrom(signature);
        return new GatewayTransaction(_client, signed, _channel, _isNew);
    }

    /// <summary>
    /// Hands it to the orderers. It may be called again after a failure: an id counts once, so that a transaction that arrives
    /// twice takes effect once.
    /// </summary>
    /// <exception cref="SubmitException">The orderers do not take it, or (<see cref="SubmitException.IsUnknown"/>) nobody says whether they did.</exception>
    public async Task<GatewayCommit> SubmitAsync(CancellationToken cancellationToken)
    {
        await HandOverAsync(cancellationToken);
        return Commit();
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        Sign();
        _isNew = false;
        var request = new SubmitRequest { TransactionId = TransactionId, ChannelId = _channel, PreparedTransaction = _transaction.Envelope };
        await _client.Calls.RepeatAsync(
            FabricMethods.Submit, request, _client.Deadlines.Submit, TransactionId, static (id, failure) => new SubmitException(id, failure), cancellationToken);
    }

    /// <summary>
    /// Hands it to the orderers and waits until it is committed; while nothing is heard of it, it is handed over again (<see cref="GatewayDeadlines.Resubmit"/>). It may
    /// be called again, like <see cref="SubmitAsync"/>.
    /// </summary>
    /// <exception cref="SubmitException">The orderers do not take it: nothing was submitted.</exception>
    /// <exception cref="CommitStatusException">It was handed over, and nothing was heard of it in time. It may be committed nevertheless.</exception>
    /// <exception cref="CommitException">It is in the ledger without effect.</exception>
    public async Task<TransactionResult> SubmitToEndAsync(CancellationToken cancellationToken)
    {
        var commits = _client.CommitsOf(_channel);
        var heard = commits.Enter(TransactionId, _isNew);
        try
        {
            try
            {
                await HandOverAsync(cancellationToken);
            }
            catch (SubmitException failure) when (failure.IsUnknown)
            {
                // It may be on its way: the ledger alone can tell.
            }

            var outcome = await EndAsync(heard, cancellationToken);
            outcome.ThrowIfInvalid();
            return new TransactionResult(TransactionId, Result, outcome.BlockNumber);
        }
        finally
        {
            commits.Leave(TransactionId);
        }
    }

    private async Task<CommitOutcome> EndAsync(Task<CommitOutcome?>? heard, CancellationToken cancellationToken)
    {
        var (clock, deadlines) = (_client.Clock, _client.Deadlines);
        var begun = clock.GetTimestamp();
        var wait = deadlines.Resubmit;
        try
        {
            if (heard is not null && await heard.WaitAsync(wait < deadlines.CommitStatus ? wait : deadlines.CommitStatus, clock, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }
        catch (TimeoutException)
        {
            await TryHandOverAsync(cancellationToken);
            wait += More;
        }

        return await AskAsync(begun, wait, cancellationToken);
    }

    private async Task<CommitOutcome> AskAsync(long begun, TimeSpan wait, CancellationToken cancellationToken)
    {
        var (commit, clock, deadlines) = (Commit(), _client.Clock, _client.Deadlines);
        for (; ; wait += More)
        {
            var left = deadlines.CommitStatus - clock.GetElapsedTime(begun);
            try
            {
                return await commit.StatusAsync(wait < left ? wait : left, cancellationToken);
            }
            catch (CommitStatusException failure) when (failure.IsTimeout && wait < left)
            {
                await TryHandOverAsync(cancellationToken);
            }
        }
    }

    private async Task TryHandOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HandOverAsync(cancellationToken);
        }
        catch (SubmitException)
        {
            // It was taken before, and the ledger alone can tell what became of it.
        }
    }

    /// <summary>What asks for its end.</summary>
    public GatewayCommit Commit() => GatewayCommit.Of(_client, _channel, TransactionId);

    /// <summary>Writes it down, with its signature if it has one, for <see cref="GatewayClient.Transaction"/>.</summary>
    public byte[] ToBytes() => _transaction.ToByteArray();

    /// <summary>Signs it now, so that what is written down can be submitted by anybody.</summary>
    public GatewayTransaction Sign()
    {
        if (_transaction.Envelope.Signature.IsEmpty)
        {
            _transaction.Envelope.Signature = UnsafeByteOperations.UnsafeWrap(_client.Signer.Sign(_transaction.Envelope.Payload.Span));
        }

        return this;
    }

    private static ReadOnlyMemory<byte> ResultOf(Envelope envelope)
    {
        var transaction = Transaction.Parser.ParseFrom(Payload.Parser.ParseFrom(envelope.Payload).Data);
        var endorsed = ChaincodeActionPayload.Parser.ParseFrom(transaction.Actions[0].Payload).Action;
        var action = ChaincodeAction.Parser.ParseFrom(ProposalResponsePayload.Parser.ParseFrom(endorsed.ProposalResponsePayload).Extension);
        return action.Response?.Payload.Memory ?? default;
    }

    private static string ChannelOf(PreparedTransaction transaction) =>
        ChannelHeader.Parser.ParseFrom(Payload.Parser.ParseFrom(transaction.Envelope.Payload).Header.ChannelHeader).ChannelId;
}
