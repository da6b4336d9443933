using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>Asks what became of a submitted transaction. Signed when it is first asked, unless it was signed elsewhere.</summary>
public sealed class GatewayCommit
{
    private readonly GatewayClient _client;
    private readonly SignedCommitStatusRequest _request;

    internal GatewayCommit(GatewayClient client, SignedCommitStatusRequest request)
        : this(client, request, CommitStatusRequest.Parser.ParseFrom(request.Request).TransactionId)
    {
    }

    private GatewayCommit(GatewayClient client, SignedCommitStatusRequest request, string transactionId) => (_client, _request, TransactionId) = (client, request, transactionId);

    /// <summary>The transaction's id.</summary>
    public string TransactionId { get; }

    /// <summary>What is to be signed (the message, not its hash), for those who sign elsewhere.</summary>
    public ReadOnlyMemory<byte> Message => _request.Request.Memory;

    /// <summary>The same with a signature that was made elsewhere: what <see cref="Identities.ISigner.Sign"/> says of <see cref="Message"/>.</summary>
    public GatewayCommit WithSignature(ReadOnlySpan<byte> signature) =>
        new(_client, new SignedCommitStatusRequest { Request = _request.Request, Signature = ByteString.CopyFrom(signature) }, TransactionId);

    /// <summary>Waits for the transaction to be committed. Whether it is valid stands in the outcome.</summary>
    /// <exception cref="CommitStatusException">Nothing was heard of it in time; it may be committed nevertheless. Ask again.</exception>
    public Task<CommitOutcome> StatusAsync(CancellationToken cancellationToken) => StatusAsync(_client.Deadlines.CommitStatus, cancellationToken);

    /// <summary>Looks whether the transaction is committed; null when no peer has it yet. It may come.</summary>
    /// <exception cref="CommitStatusException">No peer can be asked.</exception>
    public async Task<CommitOutcome?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StatusAsync(_client.Deadlines.Look, cancellationToken);
        }
        catch (CommitStatusException failure) when (failure.IsTimeout)
        {
            return null;
        }
    }

    internal async Task<CommitOutcome> StatusAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (_request.Signature.IsEmpty)
        {
            _request.Signature = UnsafeByteOperations.UnsafeWrap(_client.Signer.Sign(_request.Request.Span));
        }

        var answer = await _client.Calls.CallAsync(
            FabricMethods.CommitStatus, _request, deadline, TransactionId, static (id, failure) => new CommitStatusException(id, failure), cancellationToken);
        return new CommitOutcome(TransactionId, answer.Result, answer.BlockNumber);
    }

    /// <summary>Writes it down, for <see cref="GatewayClient.Commit"/>.</summary>
    public byte[] ToBytes() => _request.ToByteArray();

    internal static GatewayCommit Of(GatewayClient client, string channel, string transactionId)
    {
        var request = new CommitStatusRequest { ChannelId = channel, TransactionId = transactionId, Identity = UnsafeByteOperations.UnsafeWrap(client.Signer.Identity.Serialize()) };
        return new GatewayCommit(client, new SignedCommitStatusRequest { Request = request.ToByteString() }, transactionId);
    }
}
