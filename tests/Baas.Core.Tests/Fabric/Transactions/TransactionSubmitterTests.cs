using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Google.Protobuf;
using static Baas.Core.Tests.Fabric.TestLedgerNode;

namespace Baas.Core.Tests.Fabric.Transactions;

public sealed class TransactionSubmitterTests : IAsyncLifetime, IDisposable
{
    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestAuthority _authority = new();
    private EcdsaSigner? _signer;
    private TestLedgerNode? _first;
    private TestLedgerNode? _second;

    private TestLedgerNode First => _first!;

    private TestLedgerNode Second => _second!;

    private NodeConnection[] Endorsers => [_connections.To(First.PeerOf("org1"), First.Tls), _connections.To(Second.PeerOf("org2"), Second.Tls)];

    // The second node is tried first: what it commits, the watched first one does not see.
    private NodeConnection[] Orderers => [_connections.To(Second.OrdererOf("orderer"), Second.Tls), _connections.To(First.OrdererOf("orderer"), First.Tls)];

    public async Task InitializeAsync()
    {
        var (certificate, key) = _authority.Issue("admin", "admin");
        _signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), certificate, key);
        _first = (await StartAsync()).On("Move", _ => Success());
        _second = (await StartAsync()).On("Move", _ => Success());
    }

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    public void Dispose()
    {
        _connections.Dispose();
        _signer!.Dispose();
        _authority.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task SubmitAsync_AllAgree_OrdersOneTransactionWithBothEndorsements()
    {
        Second.BroadcastStatus = Status.ServiceUnavailable;

        await SubmitAsync(new ChaincodeCall("trade", "basic", [ByteString.CopyFromUtf8("Move"), ByteString.CopyFromUtf8("a")])
        {
            Transient = new Dictionary<string, ByteString> { ["secret"] = ByteString.CopyFromUtf8("price") },
        });

        var payload = Payload.Parser.ParseFrom(First.Broadcasts.Single().Payload);
        var header = ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader);
        var action = Transaction.Parser.ParseFrom(payload.Data).Actions.Single();
        var content = ChaincodeActionPayload.Parser.ParseFrom(action.Payload);
        var signature = SignatureHeader.Parser.ParseFrom(payload.Header.SignatureHeader);
        Assert.Equal(((int)HeaderType.EndorserTransaction, "trade", Proposals.TransactionIdOf(signature)), (header.Type, header.ChannelId, header.TxId));
        Assert.Equal(payload.Header.SignatureHeader, action.Header);
        Assert.Equal("effect", content.Action.ProposalResponsePayload.ToStringUtf8());
        Assert.Equal(2, content.Action.Endorsements.Select(endorsement => endorsement.Endorser).Distinct().Count());
        var told = ChaincodeProposalPayload.Parser.ParseFrom(content.ChaincodeProposalPayload);
        Assert.Empty(told.TransientMap);
        Assert.Equal(["Move", "a"], ChaincodeInvocationSpec.Parser.ParseFrom(told.Input).ChaincodeSpec.Input.Args.Select(argument => argument.ToStringUtf8()));
        Assert.Single(Second.Broadcasts);
    }

    [Fact]
    public async Task SubmitAsync_EndorsementsDiffer_OrdersNothing()
    {
        Second.Effect = "another effect";

        var failure = await Assert.ThrowsAsync<EndorsementsDifferException>(() => SubmitAsync());

        Assert.True(failure.IsTransient);
        Assert.Empty(Second.Broadcasts);
    }

    [Fact]
    public async Task SubmitAsync_OnePeerRefuses_OrdersNothing()
    {
        Second.On("Move", _ => Failure(500, "no such asset"));

        var failure = await Assert.ThrowsAsync<PeerRejectedException>(() => SubmitAsync());

        Assert.Equal("org2", failure.Peer.Node.Organization.Value);
        Assert.Empty(Second.Broadcasts);
    }

    [Theory]
    [InlineData(Status.BadRequest)]
    [InlineData(Status.Forbidden)]
    [InlineData(Status.RequestEntityTooLarge)]
    public async Task SubmitAsync_OrdererFindsItWrong_AsksNoOther(Status status)
    {
        Second.BroadcastStatus = status;

        var failure = await Assert.ThrowsAsync<OrderingRefusedException>(() => SubmitAsync());

        Assert.Equal(status, failure.Status);
        Assert.False(failure.IsTransient);
        Assert.Empty(First.Broadcasts);
    }

    [Theory]
    [InlineData(Status.ServiceUnavailable)]
    [InlineData(Status.NotFound)]
    [InlineData(Status.InternalServerError)]
    public async Task SubmitAsync_NoOrdererTakesIt_AsksAll(Status status)
    {
        First.BroadcastStatus = Second.BroadcastStatus = status;

        var failure = await Assert.ThrowsAsync<OrderersUnavailableException>(() => SubmitAsync());

        Assert.True(failure.IsTransient);
        Assert.Contains("as told", failure.Message, StringComparison.Ordinal);
        Assert.Single(First.Broadcasts);
    }

    [Fact]
    public async Task SubmitAsync_FirstOrdererIsDown_TakesTheNext()
    {
        var gone = await StartAsync();
        var down = _connections.To(gone.OrdererOf("orderer"), gone.Tls);
        await gone.DisposeAsync();

        await new TransactionSubmitter([Endorsers[0]], [down, Orderers[1]], _signer!, TimeProvider.System).SubmitAsync(Move, "move an asset", _stop.Token);

        Assert.Single(First.Broadcasts);
    }

    [Fact]
    public async Task SubmitAsync_Bft_AsksAllAtOnce()
    {
        First.BftConsenters = 4;

        await SubmitAsync();

        Assert.Equal(First.Broadcasts.Single(), Second.Broadcasts.Single());
    }

    [Theory]
    [InlineData(TxValidationCode.MvccReadConflict, true)]
    [InlineData(TxValidationCode.EndorsementPolicyFailure, false)]
    public async Task SubmitAsync_PeersFindItInvalid_Throws(TxValidationCode code, bool transient)
    {
        First.Validation = code;
        Second.BroadcastStatus = Status.ServiceUnavailable;

        var failure = await Assert.ThrowsAsync<TransactionInvalidException>(() => SubmitAsync());

        Assert.Equal((code, transient), (failure.Validation, failure.IsTransient));
    }

    [Fact]
    public async Task SubmitAsync_PeerHangsUp_EndIsUnknown()
    {
        First.HangsUp = true;
        Second.BroadcastStatus = Status.ServiceUnavailable;

        var failure = await Assert.ThrowsAsync<CommitUnknownException>(() => SubmitAsync());

        Assert.True(failure.IsTransient);
    }

    [Theory]
    [InlineData(Status.Forbidden, false)]
    [InlineData(Status.ServiceUnavailable, true)]
    public async Task SubmitAsync_PeerDoesNotLetFollow_OrdersNothing(Status status, bool transient)
    {
        First.DeliverStatus = status;

        var failure = await Assert.ThrowsAsync<PeerRejectedException>(() => SubmitAsync());

        Assert.Equal(((int)status, transient), (failure.Status, failure.IsTransient));
        Assert.Empty(Second.Broadcasts);
    }

    private static ChaincodeCall Move { get; } = ChaincodeCall.Of("trade", "basic", "Move", "a");

    private Task SubmitAsync(ChaincodeCall? call = null) =>
        new TransactionSubmitter(Endorsers, Orderers, _signer!, TimeProvider.System).SubmitAsync(call ?? Move, "move an asset", _stop.Token);
}
