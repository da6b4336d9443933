using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Queues;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing;
using Baas.Testing.Storage;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>What begins upgrades and what takes them out of the queue, as one process that can die and start again on what it has left.</summary>
internal sealed class QueueLab : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AzureWorkQueue? _azure;
    private FileWorkQueue? _file;

    /// <param name="azure">A queue in an account; null for one of files.</param>
    public QueueLab(AzureWorkQueue? azure = null)
    {
        _azure = azure;
        Restart();
    }

    public static NetworkReference Network => OperationParts.Network;

    public static FabricVersion Target { get; } = FabricVersion.Parse("3.1.5");

    public ManualClock Clock { get; } = new();

    public MemoryBlobStore Blobs { get; } = new();

    /// <summary>The workflows that were started, by the id of their operation.</summary>
    public Dictionary<string, IWorkflowInput> Started { get; } = [];

    private OperationParts Parts { get; set; } = null!; // Restart

    public Cut Cut { get; private set; } = null!; // Restart

    public RecordStore Records { get; private set; } = null!; // Restart

    public CutWorkflows Workflows { get; private set; } = null!; // Restart

    public CutQueue Queue { get; private set; } = null!; // Restart

    public OperationQueue Sender { get; private set; } = null!; // Restart

    public OperationQueries Operations { get; private set; } = null!; // Restart

    public UpgradeOperations Upgrades { get; private set; } = null!; // Restart

    public PoisonMessages Poison { get; private set; } = null!; // Restart

    public OperationSweep Sweep { get; private set; } = null!; // Restart

    public MessageReceiver Receiver { get; private set; } = null!; // Restart

    public void Dispose()
    {
        _file?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Another process on the same blobs, workflows and queue.</summary>
    public void Restart()
    {
        _file?.Dispose();
        _file = _azure is null ? new FileWorkQueue(_folder.In("queue"), Clock) : null;
        Cut = new Cut();
        Records = new RecordStore(new CutBlobs(Blobs, Cut));
        Workflows = new CutWorkflows(Started, Cut);
        Queue = _azure is null ? new CutQueue(_file!, _file!, Cut) : new CutQueue(_azure, _azure, Cut); // one of the two is there
        Sender = new OperationQueue(Queue);
        Parts = new OperationParts(Records, Workflows, Clock);
        var starter = Parts.Starter;
        Operations = new OperationQueries(Records, starter, Workflows);
        Upgrades = new UpgradeOperations(Records, Parts.Networks, Parts.Locks, starter, Sender, Operations, Workflows, new UpgradeOptions(), Clock);
        Poison = new PoisonMessages(Queue, Sender, starter, Clock);
        Sweep = new OperationSweep(Records, starter, Sender, Poison, Workflows, Clock);
        Receiver = new MessageReceiver(Queue, new MessageHandler(Queue, Upgrades, starter), Clock);
    }

    /// <summary>Puts the network on record, ready and of an older version.</summary>
    public Task PutNetworkAsync(OperationId? activeOperation = null) =>
        Parts.PutNetworkAsync(TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse("3.1.1") }, createdAt: Clock.GetUtcNow(), activeOperation: activeOperation);

    public Task DeleteNetworkAsync() => Records.DeleteAsync(RecordNames.Network(Network), BlobCondition.None, default);

    public Task<OperationRecord> AskAsync(string? key = null) =>
        Upgrades.EnqueueAsync(new ChangeRequest(new Caller("tests", Role.Operator, Network.Tenant), Network.Tenant, key, key ?? ""), Network.Network, new UpgradeRequest(Target), default);

    /// <summary>Works off the queue until nothing is to be had.</summary>
    /// <returns>How often a delivery failed.</returns>
    public async Task<int> WorkAsync()
    {
        for (var failed = 0; ;)
        {
            try
            {
                if (!await Receiver.RunOnceAsync(default))
                {
                    return failed;
                }
            }
            catch (Exception failure) when (failure is BaasException or InvalidOperationException && !Cut.IsDead)
            {
                failed++;
                Clock.Advance(TimeSpan.FromMinutes(6)); // longer than any pause
            }
        }
    }

    public async Task<OperationRecord?> OperationAsync(OperationId id) => (await Records.GetAsync<OperationRecord>(RecordNames.Operation(Network.Tenant, id), default))?.Record;

    public Task<NetworkRecord?> NetworkAsync() => Parts.NetworkAsync();

    public async Task<PoisonMessage> SinglePoisonAsync() => Assert.Single(await Queue.PeekPoisonAsync(32, default));
}
