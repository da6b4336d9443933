using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>What works off the queue, on queues of the emulator of Azure's storage.</summary>
public sealed class AzureQueueTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [AzuriteFact]
    public async Task Upgrade_SentTwice_BeginsOnceAndLeavesNothing()
    {
        using var lab = await LabAsync();
        await lab.PutNetworkAsync();
        var asked = await lab.AskAsync();
        await lab.Sender.SendAsync(asked, default);

        Assert.Equal(0, await lab.WorkAsync());

        Assert.Equal(asked.Id.Value, Assert.Single(lab.Started).Key);
        Assert.Equal(new QueueState(0, null, 0), await lab.Queue.LookAsync(default));
    }

    [AzuriteFact]
    public async Task Upgrade_ProcessDiesBeforeItsMessageIsDeleted_BeginsOnceAndTheMessageComesAgain()
    {
        using var lab = await LabAsync();
        await lab.PutNetworkAsync();
        var asked = await lab.AskAsync();
        var message = await lab.Queue.ReceiveAsync(TimeSpan.FromSeconds(1), default); // a process that held it for a second
        await lab.Upgrades.BeginQueuedAsync(asked, default);

        while ((await lab.Queue.LookAsync(default)).Messages > 0)
        {
            await lab.WorkAsync();
        }

        Assert.NotNull(message);
        Assert.Equal(asked.Id.Value, Assert.Single(lab.Started).Key);
    }

    [AzuriteFact]
    public async Task Poison_IsListedRetriedAndDeleted()
    {
        using var lab = await LabAsync();
        await lab.Queue.SendAsync("no JSON", default);
        await lab.PutNetworkAsync();
        var asked = await lab.AskAsync();
        await lab.DeleteNetworkAsync();
        await lab.WorkAsync();
        var all = await lab.Poison.ListAsync(null, default);
        Assert.Equal(2, all.Count);
        Assert.Equal(OperationState.Failed, (await lab.OperationAsync(asked.Id))?.State);

        await lab.PutNetworkAsync();
        var retried = await lab.Poison.RetryAsync(new Caller("tests", Role.Admin, null), null, all.Single(one => one.Operation is not null).Message.Id, default);
        await lab.WorkAsync();
        await lab.Poison.DeleteAsync(null, all.Single(one => one.Operation is null).Message.Id, default);

        Assert.Equal(retried.Id.Value, Assert.Single(lab.Started).Key);
        Assert.Empty(await lab.Poison.ListAsync(null, default));
    }

    private async Task<QueueLab> LabAsync()
    {
        var queue = new AzureWorkQueue(azurite.NewQueue(), azurite.NewQueue(), TimeProvider.System);
        await queue.CreateQueuesAsync(default);
        return new QueueLab(queue);
    }
}
