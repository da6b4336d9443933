using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>Operations that wait in the queue, seen by those who look at them and by the sweep.</summary>
public sealed class QueuedOperationsTests : IDisposable
{
    private readonly QueueLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task EnqueueAsync_SameKey_IsSentOnce()
    {
        await _lab.PutNetworkAsync();

        var first = await _lab.AskAsync("key");
        var second = await _lab.AskAsync("key");

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, (await _lab.Queue.LookAsync(default)).Messages);
    }

    [Theory]
    [InlineData(true, "network-busy")]
    [InlineData(false, "network-not-found")]
    public async Task EnqueueAsync_CannotBe_IsRefusedAtOnceAndSendsNothing(bool isThere, string code)
    {
        if (isThere)
        {
            await _lab.PutNetworkAsync(OperationId.Parse("op-backup"));
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => _lab.AskAsync())).Code);

        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Messages);
    }

    [Fact]
    public async Task EnqueueAsync_QueueFails_RecordsNothing()
    {
        await _lab.PutNetworkAsync();
        _lab.Cut.DieAt(_lab.Cut.Acts + 1, isDone: false);

        await Assert.ThrowsAnyAsync<BaasException>(() => _lab.AskAsync());

        Assert.DoesNotContain(_lab.Blobs.Blobs.Keys, name => name.StartsWith(RecordNames.Operations, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SweepAtStart_MessageIsLost_SendsItAgain()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        await _lab.Queue.CompleteAsync((await _lab.Queue.ReceiveAsync(TimeSpan.FromMinutes(1), default))!, default);

        await _lab.Sweep.RunAsync(atStart: true, default);
        await _lab.WorkAsync();

        Assert.Equal(asked.Id.Value, Assert.Single(_lab.Started).Key);
    }

    [Fact]
    public async Task Sweep_RecordsAreDamaged_MendsTheOthersAndNamesThem()
    {
        await _lab.PutNetworkAsync();
        await _lab.Blobs.PutAsync($"{RecordNames.Networks}a/damaged.json", "no record"u8.ToArray(), BlobCondition.None, default);
        await _lab.Blobs.PutAsync($"{RecordNames.Operations}a/op-damaged.json", "no record"u8.ToArray(), BlobCondition.None, default);
        var asked = await _lab.AskAsync();
        _lab.Cut.DieAt(_lab.Cut.Acts + 3, isDone: true); // received, put on record, network taken
        await Assert.ThrowsAnyAsync<BaasException>(() => _lab.Receiver.RunOnceAsync(default));
        _lab.Restart();
        _lab.Clock.Advance(TimeSpan.FromMinutes(2));

        var failure = await Assert.ThrowsAsync<OperationSweepException>(() => _lab.Sweep.RunAsync(atStart: true, default));

        Assert.Equal(asked.Id.Value, Assert.Single(_lab.Started).Key);
        Assert.All(["a/damaged.json", "a/op-damaged.json"], name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
        Assert.Equal("record-unreadable", Assert.IsType<StorageException>(failure.InnerException).Code);
    }

    [Fact]
    public async Task CancelAsync_WhileQueued_NeverBegins()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();

        Assert.Equal(OperationState.Canceled, (await _lab.Operations.CancelAsync(QueueLab.Network.Tenant, asked.Id, default)).Record.State);
        await _lab.WorkAsync();

        Assert.Empty(_lab.Started);
        Assert.Null((await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Equal(OperationState.Canceled, (await _lab.OperationAsync(asked.Id))?.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancelAsync_BetweenTakingTheNetworkAndTheStart_FreesTheNetwork(bool isSwept)
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        _lab.Cut.DieAt(_lab.Cut.Acts + 3, isDone: true); // received, put on record, network taken
        await Assert.ThrowsAnyAsync<BaasException>(() => _lab.Receiver.RunOnceAsync(default));
        _lab.Restart();
        Assert.Equal(asked.Id, (await _lab.NetworkAsync())?.ActiveOperation);

        await _lab.Records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(QueueLab.Network.Tenant, asked.Id), record => record with { State = OperationState.Canceled, EndedAt = _lab.Clock.GetUtcNow() }, default);
        _lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await (isSwept ? _lab.Sweep.RunAsync(atStart: false, default) : _lab.Operations.CancelAsync(QueueLab.Network.Tenant, asked.Id, default).ContinueWith(_ => 0, TaskScheduler.Default));
        await _lab.Sweep.RunAsync(atStart: false, default);

        Assert.Null((await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Empty(_lab.Started);
    }

    [Fact]
    public async Task SignalAsync_WhileQueued_SaysThatItHasNotBegun()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _lab.Upgrades.SignalAsync(QueueLab.Network.Tenant, asked.Id, isPause: true, default));

        Assert.Equal("operation-not-pausable", refusal.Code);
        Assert.Contains("has not begun", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchAsync_WhileQueued_TellsOnlyChanges()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        List<OperationState?> seen = [];
        await foreach (var view in _lab.Operations.WatchAsync(QueueLab.Network.Tenant, asked.Id, stop.Token))
        {
            seen.Add(view?.Record.State);
            if (seen.Count == 2)
            {
                await _lab.WorkAsync();
            }

            if (view is { Record.State: OperationState.Running })
            {
                break;
            }
        }

        Assert.Equal([OperationState.Queued, null, OperationState.Running], seen);
    }
}
