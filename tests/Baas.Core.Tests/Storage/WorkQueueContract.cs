using Baas.Core.Storage.Queues;

namespace Baas.Core.Tests.Storage;

/// <summary>What every queue of work does; subclassed for files and for Azure's emulator.</summary>
public abstract class WorkQueueContract
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    protected static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    protected abstract IWorkQueue Queue { get; }

    protected abstract IPoisonQueue PoisonQueue { get; }

    [Fact]
    public async Task ReceiveAsync_Empty_IsNull() => Assert.Null(await Queue.ReceiveAsync(Long, Soon));

    [Theory]
    [InlineData("{\"version\":1}")]
    [InlineData("no JSON, and not Base64 either: é 漢 \u0001 <&>")]
    [InlineData("AAAA")] // what looks like Base64 is content, too
    public async Task ReceiveAsync_Sent_GivesWhatWasSent(string content)
    {
        await Queue.SendAsync(content, Soon);

        var message = await Queue.ReceiveAsync(Long, Soon);

        Assert.Equal((content, 1), (message!.Content, message.Deliveries));
    }

    [Fact]
    public async Task ReceiveAsync_WhileHeld_HandsNothingOutTwice()
    {
        await Queue.SendAsync("a", Soon);
        await Queue.SendAsync("b", Soon);

        var seen = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Queue.ReceiveAsync(Long, Soon)));

        Assert.Equal(["a", "b"], seen.OfType<WorkMessage>().Select(message => message.Content).Order());
    }

    [Fact]
    public async Task ReceiveAsync_TimeOutPassed_HandsOutAgainAndCounts()
    {
        await Queue.SendAsync("a", Soon);
        var first = await Queue.ReceiveAsync(Short, Soon);

        var second = await ReceiveSoonAsync();

        Assert.Equal((first!.Id, "a", 2), (second.Id, second.Content, second.Deliveries));
        Assert.NotEqual(first.Receipt, second.Receipt);
        Assert.False(await Queue.CompleteAsync(first, Soon)); // it is the second one's
        Assert.True(await Queue.CompleteAsync(second, Soon));
    }

    [Fact]
    public async Task CompleteAsync_Held_IsGoneForGood()
    {
        await Queue.SendAsync("a", Soon);
        var message = await Queue.ReceiveAsync(Long, Soon);

        Assert.True(await Queue.CompleteAsync(message!, Soon));

        Assert.False(await Queue.CompleteAsync(message!, Soon));
        Assert.Null(await Queue.ReceiveAsync(Long, Soon));
    }

    [Fact]
    public async Task ExtendAsync_Held_GivesANewReceiptThatCompletes()
    {
        await Queue.SendAsync("a", Soon);
        var message = await Queue.ReceiveAsync(Long, Soon);

        var extended = await Queue.ExtendAsync(message!, Long, Soon);

        Assert.Equal("a", extended!.Content);
        Assert.False(await Queue.CompleteAsync(message!, Soon));
        Assert.True(await Queue.CompleteAsync(extended, Soon));
    }

    [Fact]
    public async Task ExtendAsync_ByNothing_GivesTheMessageBackWhole()
    {
        await Queue.SendAsync("é {", Soon);
        var message = await Queue.ReceiveAsync(Long, Soon);

        Assert.NotNull(await Queue.ExtendAsync(message!, TimeSpan.Zero, Soon));

        Assert.Equal(("é {", 2), ((await ReceiveSoonAsync()) is { } again ? (again.Content, again.Deliveries) : default));
    }

    [Fact]
    public async Task ExtendAsync_Completed_IsNull()
    {
        await Queue.SendAsync("a", Soon);
        var message = await Queue.ReceiveAsync(Long, Soon);
        await Queue.CompleteAsync(message!, Soon);

        Assert.Null(await Queue.ExtendAsync(message!, Long, Soon));
    }

    [Fact]
    public async Task PoisonAsync_Twice_IsShownOnceWithItsReason()
    {
        await Queue.SendAsync("bad", Soon);
        var message = await Queue.ReceiveAsync(Long, Soon);

        await Queue.PoisonAsync(message!, "it is no JSON", Soon);
        await Queue.PoisonAsync(message!, "it is no JSON", Soon);
        await Queue.CompleteAsync(message!, Soon);

        var shown = Assert.Single(await PoisonQueue.PeekPoisonAsync(32, Soon));
        Assert.Equal(("bad", "it is no JSON", 1, message!.Id), (shown.Content, shown.Reason, shown.Deliveries, shown.Id));
        Assert.Single(await PoisonQueue.PeekPoisonAsync(1, Soon)); // looking takes nothing away
        Assert.Null(await Queue.ReceiveAsync(Long, Soon));
    }

    [Fact]
    public async Task DeletePoisonAsync_OneOfSeveral_LeavesTheOthers()
    {
        foreach (var content in new[] { "a", "b", "c" })
        {
            await Queue.SendAsync(content, Soon);
        }

        while (await Queue.ReceiveAsync(Long, Soon) is { } message)
        {
            await Queue.PoisonAsync(message, "a test", Soon);
            await Queue.PoisonAsync(message, "a test", Soon);
            await Queue.CompleteAsync(message, Soon);
        }

        var second = (await PoisonQueue.PeekPoisonAsync(32, Soon)).Single(one => one.Content == "b");
        await PoisonQueue.DeletePoisonAsync(second.Id, Soon);
        await PoisonQueue.DeletePoisonAsync(second.Id, Soon);
        await PoisonQueue.DeletePoisonAsync("../nothing", Soon);

        Assert.Equal(["a", "c"], (await PoisonQueue.PeekPoisonAsync(32, Soon)).Select(one => one.Content).Order());
    }

    [Fact]
    public async Task LookAsync_CountsWhatWaitsAndWhatWasGivenUp()
    {
        Assert.Equal(new QueueState(0, null, 0), await Queue.LookAsync(Soon));
        await Queue.SendAsync("a", Soon);
        await Queue.SendAsync("b", Soon);

        var state = await Queue.LookAsync(Soon);

        Assert.Equal((2, 0), (state.Messages, state.Poison));
        Assert.NotNull(state.OldestSentAt);
        var message = await Queue.ReceiveAsync(Long, Soon);
        await Queue.PoisonAsync(message!, "a test", Soon);
        await Queue.CompleteAsync(message!, Soon);
        state = await Queue.LookAsync(Soon);
        Assert.Equal((1, 1), (state.Messages, state.Poison));
    }

    /// <summary>Receives what is there or becomes visible.</summary>
    protected async Task<WorkMessage> ReceiveSoonAsync()
    {
        var deadline = Soon;
        while (true)
        {
            if (await Queue.ReceiveAsync(Long, deadline) is { } message)
            {
                return message;
            }

            await PassAsync(deadline);
        }
    }

    /// <summary>Lets a little time pass.</summary>
    protected abstract Task PassAsync(CancellationToken cancellationToken);
}
