using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Baas.Core.Tests.Health;
using Baas.Core.Workflows;
using Baas.Testing;
using Baas.Testing.Engines;
using Baas.Testing.Storage;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Health;

public sealed class HealthSweepTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualClock _clock = new();
    private readonly TestStores _stores = new();
    private readonly RecordStore _records;
    private readonly StillWorkflows _workflows = new();
    private readonly FakeObserver _observer = new();
    private readonly HealthOptions _options = new() { RestartAfter = TimeSpan.FromMinutes(2), Parallel = 2 };
    private readonly WebhookSender _sender;
    private readonly HealthSweep _sweep;
    private readonly TestFolder _folder = new();
    private readonly FileWorkQueue _queue;

    public HealthSweepTests()
    {
        _records = new RecordStore(_stores.Blobs);
        _sender = new WebhookSender(_clock);
        var starter = new OperationStarter(_records, _workflows, _clock);
        var healing = new HealingOperations(new MaintenanceOperations(new NetworkLock(_records, starter, _clock)));
        var check = new NetworkCheck(_records, new BackupHistory(_records, _clock), healing, new AlertOutbox(_records, _stores.Secrets, _sender, _clock), _options, _clock);
        _queue = new FileWorkQueue(_folder.In("queue"), _clock);
        _sweep = new HealthSweep(_records, _observer, check, new PoisonMessages(_queue, new OperationQueue(_queue), starter, _clock), _options, _clock);
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _queue.Dispose();
        _folder.Dispose();
        _sender.Dispose();
    }

    [Fact]
    public async Task RunAsync_ClusterOfSomeHangs_TheOthersAreLookedAtMeanwhile()
    {
        var hangs = new TaskCompletionSource();
        foreach (var number in Enumerable.Range(0, 8))
        {
            await AddAsync($"net-{number}");
        }

        _observer.Clusters = spec => spec.Name.Value is "net-0" or "net-1" or "net-2" ? hangs.Task : Task.CompletedTask;

        var sweep = _sweep.RunAsync(default);
        await Until.TrueAsync(async () => await CountAsync() == 5, Patience);
        Assert.False(sweep.IsCompleted);
        hangs.SetResult();
        Assert.Equal(8, (await sweep.WaitAsync(Patience)).Networks.Count);
    }

    [Fact]
    public async Task RunAsync_OneNetworkHangs_IsUnknownAndKeepsItsFiringAlerts()
    {
        await AddAsync("net");
        _observer.Observe = seen => seen.With("peer-2.org1", node => node.Dead());
        await _sweep.RunAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains((await _sweep.RunAsync(default)).Networks[0].Alerts, alert => alert.State == AlertState.Firing);
        (_observer.Hangs, _options.NetworkLimit) = (true, TimeSpan.FromMilliseconds(200));

        var health = (await _sweep.RunAsync(default)).Networks[0];

        Assert.Equal((HealthState.Unknown, FindingCodes.LookTimedOut), (health.State, health.Findings[0].Code));
        Assert.Contains(health.Alerts, alert => alert is { Rule: FindingCodes.PodNotReady, State: AlertState.Firing });
    }

    [Fact]
    public async Task RunAsync_NodeIsDownForLong_BeginsToHealOnceAndTellsIt()
    {
        await AddAsync("net");
        _observer.Observe = seen => seen.With("peer-2.org1", node => node.Dead());

        await _sweep.RunAsync(default);
        Assert.Empty(_workflows.Started);
        _clock.Advance(TimeSpan.FromMinutes(3));
        var health = (await _sweep.RunAsync(default)).Networks[0];
        await _sweep.RunAsync(default); // the operation is still under way

        var input = Assert.IsType<HealNetwork.Input>(Assert.Single(_workflows.Started));
        Assert.Equal("peer-2", Assert.Single(input.Acts).Node?.Value);
        Assert.Equal(input.Operation, health.Healing);
        var events = (await _records.GetAsync<HealthEvents>(RecordNames.HealthEvents(health.Network), default))!.Record.Items;
        Assert.Contains(events, happened => happened is { Kind: HealthEvent.HealingKind, Subject: "peer-2.org1" });
        Assert.Contains(events, happened => happened is { Kind: HealthEvent.AlertKind });
    }

    [Fact]
    public async Task RunAsync_HealingEnded_IsTold()
    {
        await RunAsync_NodeIsDownForLong_BeginsToHealOnceAndTellsIt();
        var input = (HealNetwork.Input)_workflows.Started[0];
        await _records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(input.Network.Tenant, input.Operation), operation => operation with { State = OperationState.Succeeded, EndedAt = _clock.GetUtcNow() }, default);
        await _records.ChangeAsync<NetworkRecord>(RecordNames.Network(input.Network), network => network with { ActiveOperation = null }, default);
        _observer.Observe = seen => seen;

        var health = (await _sweep.RunAsync(default)).Networks[0];

        Assert.Equal((HealthState.Healthy, null), (health.State, health.Healing));
        Assert.Contains((await _records.GetAsync<HealthEvents>(RecordNames.HealthEvents(health.Network), default))!.Record.Items, happened => happened.Message.EndsWith("ended well", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_HealingIsOff_OnlyTells()
    {
        var network = await AddAsync("net");
        await _records.PutAsync(RecordNames.HealthSettings(network), new HealthSettings(false), BlobCondition.None, default);
        _observer.Observe = seen => seen.With("peer-2.org1", node => node.Dead());

        await _sweep.RunAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await _sweep.RunAsync(default);

        Assert.Empty(_workflows.Started);
    }

    [Fact]
    public async Task RunAsync_OperationHoldsTheNetwork_HealsNothing()
    {
        var network = await AddAsync("net");
        await _records.ChangeAsync<NetworkRecord>(RecordNames.Network(network), record => record with { ActiveOperation = OperationId.Parse("op-upgrade") }, default);
        _observer.Observe = seen => seen.With("peer-2.org1", node => node.Dead());

        await _sweep.RunAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(10));
        var health = (await _sweep.RunAsync(default)).Networks[0];

        Assert.Empty(_workflows.Started);
        Assert.DoesNotContain(health.Alerts, alert => alert.State == AlertState.Firing);
    }

    [Theory]
    [InlineData("0 3 * * *", 30, false)]
    [InlineData("0 3 * * *", 50, true)]
    [InlineData("0 3 * * 1-5", 50, false)]
    [InlineData(null, 5000, false)]
    public async Task RunAsync_LastGoodBackupIsOld_IsOverdueByItsSchedule(string? schedule, int hours, bool isOverdue)
    {
        var network = await AddAsync("net");
        var finished = _clock.GetUtcNow();
        await PutBackupAsync(network, "bk-0000000001", BackupState.Complete, finished);
        await PutBackupAsync(network, "bk-0000000002", BackupState.Failed, finished.AddHours(hours));
        await _records.ChangeAsync<NetworkRecord>(RecordNames.Network(network), record => record with { Spec = record.Spec with { Backup = new BackupSpec { Schedule = schedule } } }, default);
        _clock.Advance(TimeSpan.FromHours(hours));

        var health = (await _sweep.RunAsync(default)).Networks[0];

        Assert.Equal(finished, health.LastBackup);
        Assert.Equal(isOverdue, health.Alerts.Any(alert => alert is { Rule: FindingCodes.BackupOverdue, State: AlertState.Firing }));
    }

    [Fact]
    public async Task RunAsync_MessageWasGivenUp_AlertsUntilItIsGoneAndWhileTheQueueDoesNotSay()
    {
        await AddAsync("net");
        await AddAsync("other");
        await _queue.SendAsync("""{"version":7,"operation":{"id":"op-0123456789","network":{"tenant":"acme","network":"net"}}}""", default);
        var message = await _queue.ReceiveAsync(TimeSpan.FromMinutes(1), default);
        await _queue.PoisonAsync(message!, "its version is 7", default);

        Assert.Equal((true, false), await AlertsAsync());
        var (poison, away) = (_folder.In("queue", "poison"), _folder.In("away"));
        Directory.Move(poison, away);
        Assert.Equal((true, false), await AlertsAsync());
        Directory.Move(away, poison);
        await _queue.DeletePoisonAsync(message!.Id, default);
        Assert.Equal((false, false), await AlertsAsync());

        async Task<(bool Net, bool Other)> AlertsAsync()
        {
            var firing = (await _sweep.RunAsync(default)).Networks.Where(one => one.Alerts.Any(alert => alert is { Rule: FindingCodes.QueueMessagePoisoned, State: AlertState.Firing }));
            var names = firing.Select(one => one.Network.Network.Value).ToList();
            return (names.Contains("net"), names.Contains("other"));
        }
    }

    [Fact]
    public async Task RunAsync_NetworkIsBeingMade_IsPassedOver()
    {
        var network = await AddAsync("net");
        await _records.ChangeAsync<NetworkRecord>(RecordNames.Network(network), record => record with { State = NetworkState.Creating }, default);

        Assert.Empty((await _sweep.RunAsync(default)).Networks);
    }

    [Fact]
    public async Task RunAsync_NetworkIsGone_ForgetsItsHealth()
    {
        var network = await AddAsync("net");
        await _sweep.RunAsync(default);
        await _records.DeleteAsync(RecordNames.Network(network), BlobCondition.None, default);

        await _sweep.RunAsync(default);

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task RunAsync_StoreFailsForOne_LooksAtTheOthersAndSaysSo()
    {
        await AddAsync("bad");
        await AddAsync("good");
        await _stores.Blobs.PutAsync(RecordNames.HealthOfNetwork(new NetworkReference(TenantName.Parse("acme"), NetworkName.Parse("bad"))), "{"u8.ToArray(), BlobCondition.None, default);

        var failure = await Assert.ThrowsAsync<HealthSweepException>(() => _sweep.RunAsync(default));

        Assert.Equal("health-sweep-incomplete", failure.Code);
        Assert.NotNull(await _records.GetAsync<NetworkHealth>(RecordNames.HealthOfNetwork(new NetworkReference(TenantName.Parse("acme"), NetworkName.Parse("good"))), default));
    }

    private async Task<NetworkReference> AddAsync(string name)
    {
        var network = new NetworkReference(TenantName.Parse("acme"), NetworkName.Parse(name));
        var now = _clock.GetUtcNow();
        var record = new NetworkRecord
        {
            Reference = network,
            Spec = Seen.Well().Spec with { Name = network.Network },
            State = NetworkState.Ready,
            CreatedAt = now,
            UpdatedAt = now,
            LastOperation = OperationId.Parse("op-test"),
        };
        await _records.PutAsync(RecordNames.Network(network), record, BlobCondition.Absent, default);
        return network;
    }

    private Task PutBackupAsync(NetworkReference network, string id, BackupState state, DateTimeOffset ended)
    {
        var backup = BackupId.Parse(id);
        var record = new BackupRecord { Id = backup, Network = network, Operation = OperationId.Parse("op-backup"), State = state, CreatedAt = ended, EndedAt = ended };
        return _records.PutAsync(BackupRecordNames.Of(network, backup), record, BlobCondition.Absent, default);
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        await foreach (var _ in _records.NamesAsync(RecordNames.Health, default))
        {
            count++;
        }

        return count;
    }

    private sealed class FakeObserver : INetworkObserver, IObservationRound
    {
        public Func<NetworkSpec, Task> Clusters { get; set; } = _ => Task.CompletedTask;

        public Func<NetworkObservation, NetworkObservation> Observe { get; set; } = seen => seen;

        public bool Hangs { get; set; }

        public IObservationRound BeginRound(CancellationToken cancellationToken) => this;

        public Task ClustersAsync(NetworkSpec spec) => Clusters(spec);

        public async Task<NetworkObservation> ObserveAsync(NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken)
        {
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Observe(Seen.Well() with { Network = network });
        }
    }
}
