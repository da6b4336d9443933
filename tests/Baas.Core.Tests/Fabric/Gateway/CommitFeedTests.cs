using System.Collections.Concurrent;
using System.Threading.Channels;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Tests.Fabric.Transport;
using DeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Tests.Fabric.Gateway;

/// <summary>Who waits in a crowd hears of blocks; who waits alone asks. Blocks of the stream have numbers from 100, what is asked for is in block 7.</summary>
public sealed class CommitFeedTests
{
    private const ulong FirstBlock = 100;

    [Fact]
    public async Task SubmitAsync_ACrowd_HearsOfBlocksAndAsksNothing()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        Deliver(fixture.First);
        await HeardAsync(fixture);
        var asked = Calls(fixture.First, "CommitStatus");

        var results = await WaveAsync(fixture, 20);

        Assert.All(results, result => Assert.True(result.BlockNumber >= FirstBlock));
        Assert.Equal(20, results.Select(result => result.TransactionId).Distinct().Count());
        Assert.Equal(asked, Calls(fixture.First, "CommitStatus"));
        Assert.Equal(1, Calls(fixture.First, "DeliverFiltered"));
    }

    [Fact]
    public async Task SubmitAsync_AFew_AskByThemselves()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        Deliver(fixture.First);

        var results = await WaveAsync(fixture, CommitFeed.Crowd - 1);

        Assert.All(results, result => Assert.Equal(7UL, result.BlockNumber));
        Assert.Equal(0, Calls(fixture.First, "DeliverFiltered"));
    }

    [Fact]
    public async Task SubmitAsync_BlocksMayNotBeRead_AskAndDoNotTryAgain()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Handle(FabricMethods.PeerDeliverFiltered, async (context, _) => await TestNode.WriteAsync(context, new DeliverResponse { Status = Status.Forbidden }));
        await OpenedAsync(fixture);

        var results = await WaveAsync(fixture, 40);

        Assert.All(results, result => Assert.Equal(7UL, result.BlockNumber));
        Assert.Equal(1, Calls(fixture.First, "DeliverFiltered"));
    }

    [Fact]
    public async Task SubmitAsync_StreamIsCutOff_AsksForThoseThatWait()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Deliver(fixture.First, until: cut.Task);
        await HeardAsync(fixture);
        var (silent, handedOver) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        fixture.First.On(FabricMethods.Submit, _ =>
        {
            if (Interlocked.Increment(ref handedOver) == 10)
            {
                silent.SetResult();
            }

            return new SubmitResponse();
        });

        var wave = WaveAsync(fixture, 10);
        await silent.Task;
        cut.SetResult();

        Assert.All(await wave, result => Assert.Equal(7UL, result.BlockNumber));
        Assert.Equal(10, handedOver);
    }

    [Fact]
    public async Task SubmitAsync_NothingComesForAWhile_HandsOverAgainAndAsks()
    {
        await using var fixture = await GatewayFixture.StartAsync(GatewayFixture.Patient with { Resubmit = TimeSpan.FromMilliseconds(300) });
        Deliver(fixture.First);
        await HeardAsync(fixture);
        var handedOver = new ConcurrentQueue<string>();
        fixture.First.On(FabricMethods.Submit, request =>
        {
            handedOver.Enqueue(SubmitRequest.Parser.ParseFrom(request).TransactionId);
            return new SubmitResponse();
        });

        var results = await WaveAsync(fixture, 3);

        Assert.All(results, result => Assert.Equal(7UL, result.BlockNumber));
        Assert.Equal(3, handedOver.Distinct().Count());
        Assert.All(handedOver.GroupBy(id => id), copies => Assert.InRange(copies.Count(), 2, int.MaxValue)); // more when the answer is slow
    }

    [Theory]
    [InlineData(TxValidationCode.MvccReadConflict, "transaction-conflict")]
    [InlineData(TxValidationCode.EndorsementPolicyFailure, "transaction-invalid")]
    public async Task SubmitAsync_InvalidInTheBlock_SaysWhy(TxValidationCode found, string code)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var verdict = TxValidationCode.Valid;
        Deliver(fixture.First, () => verdict);
        await HeardAsync(fixture);
        verdict = found;

        var failure = await Assert.ThrowsAsync<CommitException>(() => fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task SubmitAsync_ACopyInTheBlock_AsksForTheFirst()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var verdict = TxValidationCode.Valid;
        Deliver(fixture.First, () => verdict);
        await HeardAsync(fixture);
        verdict = TxValidationCode.DuplicateTxid;

        var result = await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        Assert.Equal(7UL, result.BlockNumber);
    }

    // Every transaction that is handed over is in a block of its own at once.
    private static void Deliver(TestGateway gateway, Func<TxValidationCode>? verdict = null, Task? until = null)
    {
        var ordered = Channel.CreateUnbounded<string>();
        gateway.On(FabricMethods.Submit, request =>
        {
            ordered.Writer.TryWrite(SubmitRequest.Parser.ParseFrom(request).TransactionId);
            return new SubmitResponse();
        });
        until?.ContinueWith(_ => ordered.Writer.Complete(), TaskScheduler.Default);
        gateway.Handle(FabricMethods.PeerDeliverFiltered, async (context, _) =>
        {
            var number = FirstBlock;
            await TestNode.WriteAsync(context, Block(number));
            await foreach (var id in ordered.Reader.ReadAllAsync(context.RequestAborted))
            {
                await TestNode.WriteAsync(context, Block(++number, new FilteredTransaction { Txid = id, TxValidationCode = verdict?.Invoke() ?? TxValidationCode.Valid }));
            }

            context.Abort();
        });
    }

    private static DeliverResponse Block(ulong number, params FilteredTransaction[] transactions) =>
        new() { FilteredBlock = new FilteredBlock { ChannelId = "main", Number = number, FilteredTransactions = { transactions } } };

    // A stream is opened by the first crowd, and heard by whoever comes after its first block.
    private static async Task HeardAsync(GatewayFixture fixture)
    {
        while ((await WaveAsync(fixture, CommitFeed.Crowd)).All(result => result.BlockNumber < FirstBlock))
        {
            fixture.Soon.ThrowIfCancellationRequested();
        }
    }

    private static async Task OpenedAsync(GatewayFixture fixture)
    {
        while (Calls(fixture.First, "DeliverFiltered") == 0)
        {
            await WaveAsync(fixture, CommitFeed.Crowd);
        }
    }

    private static Task<TransactionResult[]> WaveAsync(GatewayFixture fixture, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => fixture.Asset.SubmitAsync("Create", [$"a{number}"], fixture.Soon)));

    private static int Calls(TestGateway gateway, string method) => gateway.Calls.Count(call => call == method);
}
