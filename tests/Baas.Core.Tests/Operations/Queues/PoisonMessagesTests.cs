using System.Diagnostics.Metrics;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Tests.Operations.Queues;

public sealed class PoisonMessagesTests : IDisposable
{
    private static readonly Caller Operator = new("tests", Role.Operator, QueueLab.Network.Tenant);

    private readonly QueueLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task ListAsync_OfATenant_ShowsItsOwnOnly()
    {
        await PoisonAsync();
        await SendBadAsync("no JSON");

        Assert.Equal(2, (await _lab.Poison.ListAsync(null, default)).Count);
        Assert.Equal(QueueLab.Network, Assert.Single(await _lab.Poison.ListAsync(QueueLab.Network.Tenant, default)).Network);
        Assert.Empty(await _lab.Poison.ListAsync(TenantName.Parse("other"), default));
    }

    [Fact]
    public async Task RetryAsync_AfterTheCauseIsMended_BeginsAsANewOperation()
    {
        var (asked, message) = await PoisonAsync();
        await _lab.PutNetworkAsync();

        var retried = await _lab.Poison.RetryAsync(Operator, QueueLab.Network.Tenant, message.Id, default);
        await _lab.WorkAsync();

        Assert.Equal((asked.Id, asked.Arguments?.ToString()), (retried.RetryOf, retried.Arguments?.ToString()));
        Assert.Equal(retried.Id.Value, Assert.Single(_lab.Started).Key);
        Assert.Equal(OperationState.Failed, (await _lab.OperationAsync(asked.Id))?.State);
        Assert.Empty(await _lab.Poison.ListAsync(null, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetryAsync_ProcessDiesAtAnyAct_IsRepeatedNotDoubled(bool isDone)
    {
        for (var act = 1; act <= 3; act++)
        {
            using var lab = new QueueLab();
            var (_, message) = await PoisonAsync(lab);
            await lab.PutNetworkAsync();
            lab.Cut.DieAt(lab.Cut.Acts + act, isDone);
            await Assert.ThrowsAnyAsync<BaasException>(() => lab.Poison.RetryAsync(Operator, null, message.Id, default));

            lab.Restart();
            await lab.WorkAsync();
            if ((await lab.Poison.ListAsync(null, default)).Count > 0)
            {
                await lab.Poison.RetryAsync(Operator, null, message.Id, default);
                await lab.WorkAsync();
            }

            Assert.Single(lab.Started);
            Assert.Empty(await lab.Poison.ListAsync(null, default));
        }
    }

    [Fact]
    public async Task RetryAsync_NotUnderstood_IsRefusedAndStays()
    {
        await SendBadAsync("no JSON");
        var id = (await _lab.SinglePoisonAsync()).Id;

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _lab.Poison.RetryAsync(Operator, null, id, default));

        Assert.Equal("queue-message-not-understood", refusal.Code);
        Assert.NotNull(await _lab.SinglePoisonAsync());
    }

    [Fact]
    public async Task DeleteAsync_ForgetsTheMessageAndOnlyOnes()
    {
        var (asked, message) = await PoisonAsync();

        Assert.Equal("queue-message-not-found", (await Assert.ThrowsAsync<RefusedException>(() => _lab.Poison.DeleteAsync(TenantName.Parse("other"), message.Id, default))).Code);
        await _lab.Poison.DeleteAsync(QueueLab.Network.Tenant, message.Id, default);

        Assert.Empty(await _lab.Poison.ListAsync(null, default));
        Assert.Equal(OperationState.Failed, (await _lab.OperationAsync(asked.Id))?.State);
        Assert.Equal("queue-message-not-found", (await Assert.ThrowsAsync<RefusedException>(() => _lab.Poison.DeleteAsync(null, message.Id, default))).Code);
    }

    [Fact]
    public async Task Watch_MessageGivenUpBySomebodyElse_EndsItsOperation()
    {
        await _lab.PutNetworkAsync();
        var asked = await _lab.AskAsync();
        var message = await _lab.Queue.ReceiveAsync(TimeSpan.FromMinutes(1), default);
        await _lab.Queue.PoisonAsync(message!, "the host gave it up", default);
        await _lab.Queue.CompleteAsync(message!, default);

        await new QueueWatch(_lab.Queue, _lab.Poison, _lab.Clock).RunAsync(default);

        var operation = await _lab.OperationAsync(asked.Id);
        Assert.Equal((OperationState.Failed, "queue-message-poisoned", "the host gave it up"), (operation?.State, operation?.Failure?.Code, operation?.Failure?.Message));
    }

    [Fact]
    public async Task Watch_MeasuresAgeAndCounts()
    {
        await _lab.PutNetworkAsync();
        await _lab.AskAsync();
        await SendBadAsync("no JSON");
        await _lab.Queue.SendAsync("waits", default);
        _lab.Clock.Advance(TimeSpan.FromSeconds(90));
        Dictionary<string, double> seen = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        await new QueueWatch(_lab.Queue, _lab.Poison, _lab.Clock).RunAsync(default);
        listener.RecordObservableInstruments();

        Assert.Equal((90, 1, 1), (seen["baas.queue.age"], seen["baas.queue.messages"], seen["baas.queue.poison"]));
    }

    private async Task SendBadAsync(string content)
    {
        await _lab.Queue.SendAsync(content, default);
        await _lab.WorkAsync();
    }

    private Task<(OperationRecord Asked, PoisonMessage Message)> PoisonAsync() => PoisonAsync(_lab);

    private static async Task<(OperationRecord Asked, PoisonMessage Message)> PoisonAsync(QueueLab lab)
    {
        await lab.PutNetworkAsync();
        var asked = await lab.AskAsync();
        await lab.DeleteNetworkAsync();
        await lab.WorkAsync();
        return (asked, await lab.SinglePoisonAsync());
    }
}
