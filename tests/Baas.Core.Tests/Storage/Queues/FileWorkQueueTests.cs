using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Baas.Testing;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Storage.Queues;

public sealed class FileWorkQueueTests : WorkQueueContract, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly FileWorkQueue _queue;

    public FileWorkQueueTests() => _queue = Open();

    protected override IWorkQueue Queue => _queue;

    protected override IPoisonQueue PoisonQueue => _queue;

    public void Dispose()
    {
        _queue.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_AfterAProcessWasKilled_HasEverythingAndItsCounts()
    {
        await Queue.SendAsync("a", Soon);
        await Queue.SendAsync("b", Soon);
        var held = await Queue.ReceiveAsync(TimeSpan.FromHours(1), Soon);

        using var again = Open(); // the first one was never closed: all that counts is on the disk

        WorkMessage?[] seen = [await again.ReceiveAsync(TimeSpan.FromHours(1), Soon), await again.ReceiveAsync(TimeSpan.FromHours(1), Soon)];
        Assert.Equal([("a", held!.Content == "a" ? 2 : 1), ("b", held.Content == "b" ? 2 : 1)], seen.Select(message => (message!.Content, message.Deliveries)).Order());
        Assert.Null(await again.ReceiveAsync(TimeSpan.FromHours(1), Soon));
    }

    [Fact]
    public async Task ReceiveAsync_Several_ComeInTheOrderInWhichTheyWereSent()
    {
        foreach (var content in new[] { "c", "a", "b" })
        {
            await Queue.SendAsync(content, Soon);
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        List<string> seen = [];
        while (await Queue.ReceiveAsync(TimeSpan.FromHours(1), Soon) is { } message)
        {
            seen.Add(message.Content);
        }

        Assert.Equal(["c", "a", "b"], seen);
    }

    [Fact]
    public async Task Open_SpoiltFile_IsHandedOutAsItIs()
    {
        await File.WriteAllTextAsync(_folder.In("queue", "00000000000000000001-x.json"), "half a mess", Soon);

        using var again = Open();

        Assert.Equal("half a mess", (await again.ReceiveAsync(TimeSpan.FromHours(1), Soon))!.Content);
    }

    [Fact]
    public async Task PeekPoisonAsync_SpoiltFile_IsShownAsItIs()
    {
        await File.WriteAllTextAsync(_folder.In("queue", "poison", "x.json"), "half a mess", Soon);

        var shown = Assert.Single(await PoisonQueue.PeekPoisonAsync(32, Soon));

        Assert.Equal(("x", "half a mess"), (shown.Id, shown.Content));
        await PoisonQueue.DeletePoisonAsync("x", Soon);
        Assert.Empty(await PoisonQueue.PeekPoisonAsync(32, Soon));
    }

    [Fact]
    public async Task SendAsync_FolderIsGone_SaysThatNothingWasSent()
    {
        Directory.Delete(_folder.In("queue"), recursive: true);

        var failure = await Assert.ThrowsAsync<StorageException>(() => Queue.SendAsync("a", Soon));

        Assert.Equal(("storage-unavailable", true), (failure.Code, failure.IsTransient));
        Assert.Null(await Queue.ReceiveAsync(TimeSpan.FromHours(1), Soon));
    }

    protected override Task PassAsync(CancellationToken cancellationToken)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        return Task.CompletedTask;
    }

    private FileWorkQueue Open() => new(_folder.In("queue"), _clock);
}
