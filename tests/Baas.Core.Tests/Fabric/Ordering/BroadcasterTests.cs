using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Testing.Time;
using Google.Protobuf;

namespace Baas.Core.Tests.Fabric.Ordering;

public sealed class BroadcasterTests : IAsyncLifetime, IDisposable
{
    private const string Exists = "failed to submit request: request already exists";

    private static readonly TimeSpan ForTheLast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();
    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(Patience);
    private readonly List<TestLedgerNode> _nodes = [];

    private static Envelope Envelope { get; } = new()
    {
        Payload = new Payload { Header = new Header { ChannelHeader = new ChannelHeader { TxId = "tx" }.ToByteString() } }.ToByteString(),
    };

    public async Task InitializeAsync()
    {
        for (var number = 0; number < 4; number++)
        {
            _nodes.Add(await TestLedgerNode.StartAsync());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _connections.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task SendAsync_FirstIsGoneAndSecondHasNoLeader_TakesTheThird()
    {
        var broadcaster = Broadcaster();
        await _nodes[0].DisposeAsync();
        _nodes[1].BroadcastStatus = Status.ServiceUnavailable;

        await broadcaster.SendAsync(Envelope, "write", _stop.Token);

        Assert.Equal([0, 1, 1, 0], _nodes.Select(node => node.Broadcasts.Count));
    }

    [Fact]
    public async Task SendAsync_TimeIsOver_SaysWhoWasNotAsked()
    {
        _nodes.ForEach(node => node.BroadcastStatus = Status.ServiceUnavailable);
        _nodes[1].OnRefusal = () => _clock.Advance(TimeSpan.FromSeconds(31));

        var failure = await Assert.ThrowsAsync<OrderersUnavailableException>(() => Broadcaster().SendAsync(Envelope, "write", _stop.Token));

        Assert.Equal([1, 1, 0, 0], _nodes.Select(node => node.Broadcasts.Count));
        Assert.Contains("orderer-3.orderer: not asked", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Status.Success, Status.Success, Status.Success, Status.Success)]
    [InlineData(Status.Success, Status.Success, Status.ServiceUnavailable, Status.Forbidden)]
    [InlineData(Status.Forbidden, Status.Success, Status.Success, Status.Success)]
    public async Task SendToAllAsync_AnHonestOneHasIt_IsTaken(params Status[] statuses)
    {
        Answer(statuses);

        await Broadcaster().SendToAllAsync(Envelope, 4, "write", _stop.Token);

        Assert.All(_nodes, node => Assert.Equal(Envelope, node.Broadcasts.Single()));
    }

    [Theory]
    [InlineData(Status.Success, Status.ServiceUnavailable, Status.ServiceUnavailable, Status.InternalServerError)]
    [InlineData(Status.Success, Status.Forbidden, Status.ServiceUnavailable, Status.NotFound)]
    public async Task SendToAllAsync_OneAlone_IsNotEnoughAndEachIsNamed(params Status[] statuses)
    {
        Answer(statuses);

        var failure = await Assert.ThrowsAsync<OrderersUnavailableException>(() => Broadcaster().SendToAllAsync(Envelope, 4, "write", _stop.Token));

        Assert.True(failure.IsTransient);
        Assert.All(_nodes.Select((node, index) => $"orderer-{index + 1}.orderer: {node.BroadcastStatus}: as told"), said => Assert.Contains(said, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendToAllAsync_TwoFindItWrong_IsRefused()
    {
        Answer(Status.Success, Status.BadRequest, Status.BadRequest, Status.ServiceUnavailable);

        var failure = await Assert.ThrowsAsync<OrderingRefusedException>(() => Broadcaster().SendToAllAsync(Envelope, 4, "write", _stop.Token));

        Assert.Equal((Status.BadRequest, false), (failure.Status, failure.IsTransient));
    }

    [Theory]
    [InlineData(Exists)]
    [InlineData("failed to submit request: request already processed")]
    public async Task SendToAllAsync_TheyHaveItAlready_IsTaken(string info)
    {
        Answer(Status.ServiceUnavailable, Status.ServiceUnavailable, Status.ServiceUnavailable, Status.ServiceUnavailable);
        _nodes.ForEach(node => node.BroadcastInfo = info);

        await Broadcaster().SendToAllAsync(Envelope, 4, "write", _stop.Token);
    }

    [Fact]
    public async Task SendToAllAsync_OneHangs_GoesOnWithTheQuorumOfTheOthers()
    {
        var hang = new TaskCompletionSource();
        _nodes[0].BroadcastGate = hang.Task;

        var sending = Broadcaster().SendToAllAsync(Envelope, 4, "write", _stop.Token);
        await Until.TrueAsync(() => !_nodes[0].Broadcasts.IsEmpty, Patience);
        await _clock.PassAsync(ForTheLast, _stop.Token);

        await sending;
        Assert.Single(_nodes[0].Broadcasts);
        hang.SetResult();
    }

    [Fact]
    public async Task SendToAllAsync_GivenUp_IsCancelled()
    {
        using var given = new CancellationTokenSource();
        var hang = new TaskCompletionSource();
        _nodes.ForEach(node => node.BroadcastGate = hang.Task);
        var sending = Broadcaster().SendToAllAsync(Envelope, 4, "write", given.Token);
        await Until.TrueAsync(() => _nodes.TrueForAll(node => !node.Broadcasts.IsEmpty), Patience);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        hang.SetResult();
    }

    private void Answer(params Status[] statuses)
    {
        for (var index = 0; index < statuses.Length; index++)
        {
            _nodes[index].BroadcastStatus = statuses[index];
        }
    }

    private Broadcaster Broadcaster() => new(
        [.. _nodes.Select((node, index) => _connections.To(node.OrdererOf("orderer") with { Node = NodeReference.Orderer(OrganizationName.Parse("orderer"), index + 1) }, node.Tls))],
        _clock);
}
