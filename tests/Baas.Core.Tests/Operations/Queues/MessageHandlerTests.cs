using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>What becomes of messages, good and bad.</summary>
public sealed class MessageHandlerTests : IDisposable
{
    /// <summary>A message as the first release wrote it. It has to be understood for ever.</summary>
    private const string First = """
        {"version":1,"operation":{"id":"op-0123456789abcdef0123","network":{"tenant":"acme","network":"two-orgs"},"kind":"upgradeNetwork","onFailure":"keep","state":"queued",
        "createdAt":"2030-01-01T00:00:00+00:00","createdBy":"somebody","arguments":{"fabricVersion":"3.1.5","nodeLimit":"00:15:00"}}}
        """;

    private static readonly OperationId FirstId = OperationId.Parse("op-0123456789abcdef0123");

    private readonly QueueLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Request_IsQueuedAndThenBeginsWithWhatItWasAskedFor()
    {
        await _lab.PutNetworkAsync();

        var asked = await _lab.AskAsync();
        Assert.Equal(OperationState.Queued, (await _lab.OperationAsync(asked.Id))?.State);
        Assert.Null((await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Empty(_lab.Started);

        Assert.Equal(0, await _lab.WorkAsync());
        var input = Assert.IsType<UpgradeNetwork.Input>(Assert.Single(_lab.Started).Value);
        Assert.Equal((asked.Id, QueueLab.Target), (input.Operation, input.Version));
        Assert.Equal(OperationState.Running, (await _lab.OperationAsync(asked.Id))?.State);
        Assert.Equal(asked.Id, (await _lab.NetworkAsync())?.ActiveOperation);
    }

    [Fact]
    public async Task Message_OfTheFirstRelease_IsUnderstood()
    {
        await _lab.PutNetworkAsync();
        await _lab.Queue.SendAsync(First, default);

        await _lab.WorkAsync();

        Assert.Equal(FirstId.Value, Assert.Single(_lab.Started).Key);
        Assert.Equal("somebody", (await _lab.OperationAsync(FirstId))?.CreatedBy);
    }

    [Fact]
    public async Task Message_DeliveredTwice_IsDoneOnce()
    {
        await _lab.PutNetworkAsync();
        await _lab.Queue.SendAsync(First, default);
        await _lab.Queue.SendAsync(First, default);

        Assert.Equal(0, await _lab.WorkAsync());

        Assert.Single(_lab.Started);
        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Poison);
    }

    [Fact]
    public async Task Message_ComesAgainAfterItsOperationHasEnded_DoesNothing()
    {
        await _lab.PutNetworkAsync();
        await _lab.Queue.SendAsync(First, default);
        await _lab.WorkAsync();
        _lab.Started.Clear(); // as after its history was purged
        await _lab.Records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(QueueLab.Network.Tenant, FirstId), record => record with { State = OperationState.Succeeded, EndedAt = _lab.Clock.GetUtcNow() }, default);
        await _lab.Records.ChangeAsync<NetworkRecord>(RecordNames.Network(QueueLab.Network), record => record with { ActiveOperation = null }, default);

        await _lab.Queue.SendAsync(First, default);
        await _lab.WorkAsync();

        Assert.Empty(_lab.Started);
        Assert.Equal(OperationState.Succeeded, (await _lab.OperationAsync(FirstId))?.State);
    }

    [Theory]
    [InlineData("no JSON", "no JSON object")]
    [InlineData("", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "version is missing")]
    [InlineData("{\"version\":0}", "version is 0")]
    [InlineData("{\"version\":2,\"operation\":{\"id\":\"op-0123456789abcdef0123\",\"network\":{\"tenant\":\"acme\",\"network\":\"two-orgs\"}}}", "version is 2")]
    [InlineData("{\"version\":\"1\"}", "version is \"1\"")]
    [InlineData("{\"version\":1}", "operation")]
    [InlineData("{\"version\":1,\"operation\":null}", "operation")]
    [InlineData("{\"version\":1,\"version\":1}", "no JSON object")]
    [InlineData("{\"version\":1,\"operation\":{\"id\":\"X\"}}", "operation")]
    public async Task Message_ThatIsNotUnderstood_IsSetAsideWithTheReason(string content, string reason)
    {
        await _lab.PutNetworkAsync();
        await _lab.Queue.SendAsync(content, default);

        Assert.Equal(0, await _lab.WorkAsync());

        var poison = await _lab.SinglePoisonAsync();
        Assert.Equal((content, 1), (poison.Content, poison.Deliveries));
        Assert.Contains(reason, poison.Reason, StringComparison.Ordinal);
        Assert.Empty(_lab.Started);
        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Messages);
    }

    [Theory]
    [InlineData("upgradeNetwork", "dismantleNetwork", "operation cannot be read")]
    [InlineData("upgradeNetwork", "createNetwork", "no operation of kind CreateNetwork")]
    [InlineData("\"3.1.5\"", "\"newest\"", "arguments cannot be read")]
    [InlineData("\"fabricVersion\"", "\"version\"", "name no version")]
    [InlineData("\"00:15:00\"", "\"-00:15:00\"", "name no version or no limit")]
    [InlineData("\"version\":1", "\"version\":7", "version is 7")]
    public async Task Message_OfAnotherVersion_EndsItsOperationAsFailed(string part, string other, string reason)
    {
        await _lab.PutNetworkAsync();
        await _lab.Records.PutAsync(RecordNames.Operation(QueueLab.Network.Tenant, FirstId), OperationMessage.Read(First), BlobCondition.Absent, default);
        await _lab.Queue.SendAsync(First.Replace(part, other, StringComparison.Ordinal), default);

        await _lab.WorkAsync();

        Assert.Contains(reason, (await _lab.SinglePoisonAsync()).Reason, StringComparison.Ordinal);
        await AssertFailedAsync(FirstId, "queue-message-poisoned", reason);
    }

    [Fact]
    public async Task Message_ForAnUnknownNetwork_IsSetAside()
    {
        await _lab.Queue.SendAsync(First, default);

        await _lab.WorkAsync();

        Assert.Contains("cannot find network", (await _lab.SinglePoisonAsync()).Reason, StringComparison.Ordinal);
        await AssertFailedAsync(FirstId, "queue-message-poisoned", "cannot find network");
    }

    [Fact]
    public async Task Message_OfANetworkThatWasMadeAnew_DoesNotTouchTheNewOne()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        _lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await _lab.PutNetworkAsync();

        await _lab.WorkAsync();

        Assert.Empty(_lab.Started);
        await AssertFailedAsync(asked.Id, "queue-message-poisoned", "cannot find network");
    }

    [Fact]
    public async Task Message_ThatFailsEveryTime_IsSetAsideAfterSeveralTriesAndFreesTheNetwork()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        _lab.Workflows.Failure = new InvalidOperationException("the engine is\nbroken");

        Assert.Equal(MessageHandler.MaxDeliveries - 1, await _lab.WorkAsync());

        var poison = await _lab.SinglePoisonAsync();
        Assert.Equal((MessageHandler.MaxDeliveries, "it failed 8 times, last with: the engine is broken"), (poison.Deliveries, poison.Reason));
        await AssertFailedAsync(asked.Id, "queue-message-poisoned", "the engine is broken");
    }

    [Fact]
    public async Task Message_ThatFailsOnce_ComesAgainAfterAPause()
    {
        await _lab.PutNetworkAsync();
        await _lab.AskAsync();
        _lab.Workflows.Failure = new InvalidOperationException("for a moment");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lab.Receiver.RunOnceAsync(default));
        _lab.Workflows.Failure = null;

        Assert.False(await _lab.Receiver.RunOnceAsync(default));
        _lab.Clock.Advance(MessageHandler.PauseAfter(1));
        Assert.True(await _lab.Receiver.RunOnceAsync(default));

        Assert.Single(_lab.Started);
    }

    [Fact]
    public async Task Network_IsBusyForAWhile_BeginsWhenItIsFree()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        await _lab.PutNetworkAsync(OperationId.Parse("op-backup"));
        Assert.Equal("network-busy", (await Assert.ThrowsAsync<RefusedException>(() => _lab.Receiver.RunOnceAsync(default))).Code);
        await _lab.PutNetworkAsync();
        _lab.Clock.Advance(MessageHandler.PauseAfter(1));

        Assert.Equal(0, await _lab.WorkAsync());

        Assert.Equal(asked.Id, (await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Single(_lab.Started);
    }

    [Fact]
    public async Task Network_StaysBusy_EndsAsFailedAndIsNoPoison()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        await _lab.PutNetworkAsync(OperationId.Parse("op-backup"));

        Assert.Equal(MessageHandler.MaxDeliveries - 1, await _lab.WorkAsync());

        var operation = await _lab.OperationAsync(asked.Id);
        Assert.Equal((OperationState.Failed, "network-busy"), (operation?.State, operation?.Failure?.Code));
        Assert.Equal(OperationId.Parse("op-backup"), (await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Poison);
    }

    [Fact]
    public async Task Network_HasMovedOnMeanwhile_EndsWithTheReason()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        await _lab.Records.ChangeAsync<NetworkRecord>(RecordNames.Network(QueueLab.Network), record => record with { Spec = record.Spec with { FabricVersion = QueueLab.Target } }, default);

        await _lab.WorkAsync();

        await AssertFailedAsync(asked.Id, "upgrade-not-possible", "path-not-supported");
        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Poison);
    }

    [Fact]
    public async Task Handling_TakesLong_KeepsTheMessage()
    {
        await _lab.PutNetworkAsync();
        await _lab.AskAsync();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _lab.Workflows.Before = () =>
        {
            reached.TrySetResult();
            return goOn.Task;
        };
        var working = _lab.Receiver.RunOnceAsync(default);
        await reached.Task;

        for (var renewal = 0; renewal < 10; renewal++)
        {
            await _lab.Clock.PassAsync(TimeSpan.FromSeconds(20), new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
            Assert.Null(await _lab.Queue.ReceiveAsync(TimeSpan.FromMinutes(1), default));
        }

        goOn.SetResult();
        Assert.True(await working);
        Assert.Equal(0, (await _lab.Queue.LookAsync(default)).Messages);
    }

    private async Task AssertFailedAsync(OperationId id, string code, string reason)
    {
        var operation = await _lab.OperationAsync(id);
        Assert.Equal((OperationState.Failed, code), (operation?.State, operation?.Failure?.Code));
        Assert.NotNull(operation?.EndedAt);
        Assert.Contains(reason, operation.Failure!.Message, StringComparison.Ordinal);
        Assert.Null((await _lab.NetworkAsync())?.ActiveOperation);
        Assert.Empty(_lab.Started);
    }
}
