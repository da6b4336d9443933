using Baas.Core.Records;
using Baas.Core.Storage;
using Xunit.Abstractions;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>The process dies between any two acts on the way of an upgrade from its request to its workflow: nothing is lost, nothing is done twice.</summary>
public sealed class QueueCutTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upgrade_ProcessDiesAtAnyAct_BeginsOnceOrWasNeverPromised(bool isDone)
    {
        var acts = await CountAsync();
        output.WriteLine($"{acts} acts from the request to the end of the message");
        Assert.InRange(acts, 7, 20);
        for (var act = 1; act <= acts; act++)
        {
            try
            {
                await DieAsync(act, isDone);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"act {act}", failure);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Poison_ProcessDiesAtAnyAct_IsGivenUpOnceAndItsOperationEnds(bool isDone)
    {
        for (var act = 1; ; act++)
        {
            using var lab = new QueueLab();
            await lab.PutNetworkAsync();
            var asked = await lab.AskAsync();
            await lab.DeleteNetworkAsync();
            lab.Cut.DieAt(lab.Cut.Acts + act, isDone);
            try
            {
                await DrainAsync(lab);
                Assert.InRange(act, 5, 12); // receive, record, poison, end, complete, and one look more
                return;
            }
            catch (StorageException)
            {
                lab.Restart();
            }

            await lab.Sweep.RunAsync(atStart: true, default);
            await DrainAsync(lab);

            Assert.Equal(asked.Id, Assert.Single(await lab.Poison.ListAsync(null, default)).Operation);
            Assert.Equal(OperationState.Failed, (await lab.OperationAsync(asked.Id))?.State);
            Assert.Equal((0, 1), await StateAsync(lab));
        }
    }

    private static async Task<int> CountAsync()
    {
        using var lab = new QueueLab();
        await lab.PutNetworkAsync();
        var before = lab.Cut.Acts;
        await lab.AskAsync("key");
        await lab.WorkAsync();
        Assert.Single(lab.Started);
        return lab.Cut.Acts - before;
    }

    private static async Task DieAsync(int act, bool isDone)
    {
        using var lab = new QueueLab();
        await lab.PutNetworkAsync();
        lab.Cut.DieAt(lab.Cut.Acts + act, isDone);
        OperationRecord? answered = null;
        try
        {
            answered = await lab.AskAsync("key");
            await DrainAsync(lab);
        }
        catch (StorageException)
        {
            Assert.True(lab.Cut.IsDead);
        }

        lab.Restart();
        var wasSent = (await lab.Queue.LookAsync(default)).Messages > 0;
        await lab.Sweep.RunAsync(atStart: true, default);
        await DrainAsync(lab);
        Assert.Equal(answered is not null || wasSent, lab.Started.Count == 1);
        Assert.Equal(lab.Started.Keys.SingleOrDefault(), (await lab.NetworkAsync())?.ActiveOperation?.Value);

        var repeated = await lab.AskAsync("key");
        await DrainAsync(lab);
        Assert.Equal(repeated.Id.Value, Assert.Single(lab.Started).Key);
        Assert.Equal(answered?.Id ?? repeated.Id, repeated.Id);
        Assert.Equal((OperationState.Running, repeated.Id), ((await lab.OperationAsync(repeated.Id))?.State, (await lab.NetworkAsync())?.ActiveOperation));
        Assert.Equal((0, 0), await StateAsync(lab));
    }

    private static async Task DrainAsync(QueueLab lab)
    {
        while (await lab.Receiver.RunOnceAsync(default))
        {
        }
    }

    private static async Task<(int Messages, int Poison)> StateAsync(QueueLab lab)
    {
        var state = await lab.Queue.LookAsync(default);
        return (state.Messages, state.Poison);
    }
}
