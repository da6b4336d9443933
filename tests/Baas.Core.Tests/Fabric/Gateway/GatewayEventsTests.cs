using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Tests.Fabric.Transport;
using Baas.Testing;
using DeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Tests.Fabric.Gateway;

public sealed class GatewayEventsTests
{
    [Fact]
    public async Task EventsAsync_CutOffWithinABlock_GoOnAfterTheLastEvent()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Handle(FabricMethods.ChaincodeEvents, async (context, _) =>
        {
            await TestNode.WriteAsync(context, Answer(5, "a", "b"));
            TestNode.End(context, (int)GrpcStatus.Unavailable);
        });
        fixture.Second.Handle(FabricMethods.ChaincodeEvents, async (context, _) => await TestNode.WriteAsync(context, Answer(6, "c")));

        var seen = await fixture.Asset.EventsAsync(new EventStart(3), fixture.Soon).Take(3).Select(item => $"{item.BlockNumber} {item.TransactionId}").ToListAsync(fixture.Soon);

        Assert.Equal(["5 a", "5 b", "6 c"], seen);
        Assert.Equal((3UL, ""), Asked(fixture.First));
        Assert.Equal((5UL, "b"), Asked(fixture.Second));
    }

    [Fact]
    public async Task EventsAsync_FromNow_KeepTheirStartWhenNothingCameBefore()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Handle(FabricMethods.PeerDeliverFiltered, async (context, _) => await TestNode.WriteAsync(context, Filtered(11)));
        fixture.First.Handle(FabricMethods.ChaincodeEvents, (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        fixture.Second.Handle(FabricMethods.ChaincodeEvents, async (context, _) => await TestNode.WriteAsync(context, Answer(20, "z")));

        var first = await fixture.Asset.EventsAsync(null, fixture.Soon).FirstAsync(fixture.Soon);

        Assert.Equal(20UL, first.BlockNumber);
        Assert.Equal((12UL, ""), Asked(fixture.Second));
    }

    [Fact]
    public async Task FilteredBlocksAsync_PeersComeAndGo_GiveEachBlockOnce()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        foreach (var gateway in new[] { fixture.First, fixture.Second })
        {
            gateway.Handle(FabricMethods.PeerDeliverFiltered, async (context, request) =>
            {
                var start = StartOf(request);
                await TestNode.WriteAsync(context, Filtered(start));
                await TestNode.WriteAsync(context, Filtered(start + 1));
                TestNode.End(context, (int)GrpcStatus.Unavailable);
            });
        }

        var blocks = await fixture.Client.Channel("main").FilteredBlocksAsync(EventStart.Beginning, fixture.Soon).Take(6).Select(block => block.Number).ToListAsync(fixture.Soon);

        Assert.Equal([0UL, 1, 2, 3, 4, 5], blocks);
    }

    [Fact]
    public async Task BlocksAsync_PeerRefuses_FailsAtOnce()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Handle(FabricMethods.PeerDeliver, async (context, _) => await TestNode.WriteAsync(context, new DeliverResponse { Status = Status.Forbidden }));

        var failure = await Assert.ThrowsAsync<EventsException>(async () => await fixture.Client.Channel("main").BlocksAsync(EventStart.Beginning, fixture.Soon).FirstAsync(fixture.Soon));

        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task BlocksAsync_NobodyThere_FailsAfterAWhile()
    {
        await using var fixture = await GatewayFixture.StartAsync(GatewayFixture.Patient with { Reconnect = TimeSpan.FromMilliseconds(300) });
        await fixture.First.DisposeAsync();
        await fixture.Second.DisposeAsync();

        var failure = await Assert.ThrowsAsync<EventsException>(async () => await fixture.Client.Channel("main").BlocksAsync(null, fixture.Soon).FirstAsync(fixture.Soon));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task FileCheckpoint_OpenedAgain_HasThePosition()
    {
        using var folder = new TestFolder();
        var path = folder.In("checkpoint.json");
        var checkpoint = await FileCheckpoint.OpenAsync(path, default);
        Assert.Null(EventStart.After(checkpoint));

        await new ContractEvent(4, "tx", "asset", "AssetCreated", default).NoteAsync(checkpoint, default);

        Assert.Equal(new EventStart(4, "tx"), (await FileCheckpoint.OpenAsync(path, default)).Position);
        await checkpoint.BlockAsync(4, default);
        Assert.Equal(new EventStart(5), (await FileCheckpoint.OpenAsync(path, default)).Position);
        await File.WriteAllTextAsync(path, "no");
        await Assert.ThrowsAsync<FormatException>(() => FileCheckpoint.OpenAsync(path, default));
    }

    private static ChaincodeEventsResponse Answer(ulong block, params string[] transactions) =>
        new() { BlockNumber = block, Events = { transactions.Select(id => new ChaincodeEvent { TxId = id, ChaincodeId = "asset", EventName = "E" }) } };

    private static DeliverResponse Filtered(ulong number) => new() { FilteredBlock = new FilteredBlock { Number = number } };

    private static (ulong Block, string After) Asked(TestGateway gateway)
    {
        var index = gateway.Calls.ToList().IndexOf("ChaincodeEvents");
        var request = ChaincodeEventsRequest.Parser.ParseFrom(SignedChaincodeEventsRequest.Parser.ParseFrom(gateway.Requests.ElementAt(index)).Request);
        return (request.StartPosition.Specified.Number, request.AfterTransactionId);
    }

    private static ulong StartOf(byte[] envelope) =>
        SeekInfo.Parser.ParseFrom(Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(envelope).Payload).Data).Start.Specified.Number;
}
