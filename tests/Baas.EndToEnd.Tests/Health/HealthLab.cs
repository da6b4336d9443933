using System.Text.Json.Nodes;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Steps;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Health;

/// <summary>A network of three orderers and two peers whose nodes and objects can be broken one by one. Sweeps run when a test says so.</summary>
public sealed class HealthLab : IAsyncLifetime
{
    public const string Network = "lab";
    public const string Peers = "acme-lab-org1";
    public const string Orderers = "acme-lab-orderer";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private SandboxHost _host = null!; // InitializeAsync
    private int _assets;

    public static NetworkReference Reference { get; } = new(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(Network));

    internal FaultyRuntime Faults { get; } = new();

    internal ServiceRun Service { get; private set; } = null!; // InitializeAsync

    internal string KubeconfigPath => _host.Cluster.KubeconfigPath;

    private RecordStore Records => Service.Get<RecordStore>();

    public async Task InitializeAsync()
    {
        _host = await SandboxHost.StartAsync(options => options with { Runtimes = [Faults] });
        Service = await _host.StartServiceAsync(
            "service",
            services => services.AddSingleton(new HealthOptions { Enabled = false, CallLimit = TimeSpan.FromSeconds(3), RestartAfter = TimeSpan.Zero, SelfHealing = false }));
        var created = await Service.Api.CreateToEndAsync(Network, Specification);
        Assert.Equal(OperationState.Succeeded, created.State);
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await _host.DisposeAsync();
    }

    /// <summary>Begins a test: no history, and a network that is well.</summary>
    public async Task BeginAsync()
    {
        await SetHealingAsync(false);
        await ForgetAsync(); // what several looks have told of the test before, too
        await UntilAsync(async () => await SweepAsync() is { State: HealthState.Healthy }, "the network to be healthy");
        await ForgetAsync();
    }

    /// <summary>One sweep.</summary>
    internal async Task<NetworkHealth> SweepAsync() => Assert.Single((await Service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks);

    /// <summary>One sweep of the same service at another time.</summary>
    internal async Task<NetworkHealth> SweepAtAsync(TimeProvider clock, INetworkObserver? observer = null)
    {
        var check = new NetworkCheck(Records, Service.Get<BackupHistory>(), Service.Get<HealingOperations>(), Service.Get<AlertOutbox>(), Service.Get<HealthOptions>(), clock);
        using var sweep = new HealthSweep(Records, observer ?? Service.Get<INetworkObserver>(), check, Service.Get<PoisonMessages>(), Service.Get<HealthOptions>(), clock);
        return Assert.Single((await sweep.RunAsync(CancellationToken.None)).Networks);
    }

    /// <summary>Sweeps and heals until the network is well again; gives the events on the way.</summary>
    internal async Task<IReadOnlyList<HealthEvent>> HealAsync()
    {
        await SetHealingAsync(true);
        await UntilAsync(async () => await SweepAsync() is { State: HealthState.Healthy, Healing: null, Operation: null }, "the network to be healed");
        await SetHealingAsync(false);
        return (await Records.GetAsync<HealthEvents>(RecordNames.HealthEvents(Reference), CancellationToken.None))?.Record.Items ?? [];
    }

    /// <summary>One sweep has to see it: what no other node's slow answer can hide.</summary>
    internal async Task<NetworkHealth> SeeAsync(string code, string subject, TimeProvider? clock = null)
    {
        var health = clock is null ? await SweepAsync() : await SweepAtAsync(clock);
        Assert.True(Has(health, code, subject), Describe(health));
        return health;
    }

    /// <summary>Sweeps until a finding is there: the cluster needs a moment to notice what was done to it.</summary>
    internal Task<NetworkHealth> FindAsync(string code, string subject) => FindAsync(health => Has(health, code, subject), $"{code} of {subject}");

    /// <summary>Sweeps until something is seen: on a busy machine a node that is well may not answer a look in time.</summary>
    internal async Task<NetworkHealth> FindAsync(Func<NetworkHealth, bool> isSeen, string what, TimeProvider? clock = null)
    {
        NetworkHealth? health = null;
        await UntilAsync(async () => isSeen(health = clock is null ? await SweepAsync() : await SweepAtAsync(clock)), what, () => Describe(health));
        return health!; // the condition has set it
    }

    internal static bool Has(NetworkHealth health, string code, string subject) => health.AllFindings.Any(finding => finding.Code == code && finding.Subject == subject);

    internal static string Describe(NetworkHealth? health) => health is null ? "nothing" : $"{health.State}: {string.Join("; ", health.AllFindings)}";

    /// <summary>Waits until the cluster says of a pod what the condition asks.</summary>
    internal Task PodAsync(string space, string pod, Func<JsonObject?, bool> holds) =>
        UntilAsync(() => Task.FromResult(holds(_host.Cluster.Store.Get(new ObjectKey(ClusterKinds.Pods, space, pod)))), $"pod {pod}");

    internal Task NotReadyAsync(string space, string pod) => PodAsync(space, pod, one => one is not null && !IsReady(one));

    /// <summary>Changes an object behind Baas's back.</summary>
    internal void Change(ObjectKind kind, string space, string name, Action<JsonObject> change) =>
        Assert.NotNull(_host.Cluster.Store.Change(new ObjectKey(kind, space, name), one =>
        {
            change(one);
            return one;
        }));

    /// <summary>Deletes an object behind Baas's back, through the cluster's API, and waits until it is gone.</summary>
    internal async Task DeleteAsync(Core.Kubernetes.ResourceKind kind, string space, string name)
    {
        var api = Service.Get<Core.Kubernetes.KubernetesClusters>().Get(null).Api;
        var resource = new Core.Kubernetes.ResourceReference(kind, space, name);
        await api.DeleteAsync(resource, CancellationToken.None);
        await UntilAsync(async () => await api.GetAsync(resource, CancellationToken.None) is null, $"{resource} to be gone");
    }

    /// <summary>Makes a file in a node's volume, as large as is said, without using the disk.</summary>
    internal string Fill(string claim, long size)
    {
        var uid = (string?)_host.Cluster.Store.Get(new ObjectKey(ClusterKinds.PersistentVolumeClaims, Peers, claim))?["metadata"]?["uid"];
        var path = Path.Combine(_host.Volumes, $"pvc-{uid}", "ballast");
        using var file = new FileStream(path, FileMode.Create);
        file.SetLength(size);
        return path;
    }

    /// <summary>Makes blocks: one for each transaction, endorsed by the first peer.</summary>
    internal async Task OrderAsync(int blocks)
    {
        var access = Service.Get<FabricAccess>();
        var endpoints = await Service.Get<ArtifactStore>().ListEndpointsAsync(Reference, CancellationToken.None);
        var peer = await access.ConnectAsync(Reference, endpoints.First(one => one.Role == NodeRole.Peer), CancellationToken.None);
        var orderers = await access.ConnectAsync(Reference, endpoints.Where(one => one.Role == NodeRole.Orderer), CancellationToken.None);
        using var signer = await access.AdministratorOfAsync(Reference, OrganizationName.Parse("org1"), CancellationToken.None);
        var submitter = new TransactionSubmitter([peer], orderers, signer, TimeProvider.System);
        for (var block = 0; block < blocks; block++)
        {
            await submitter.SubmitAsync(ChaincodeCall.Of("main", "asset", "Create", $"asset-{_assets++}", "me", "1"), "create an asset", CancellationToken.None);
        }
    }

    /// <summary>Commits transactions that were all endorsed before the first of them was ordered, and write the same: all but one are invalid.</summary>
    internal async Task CollideAsync(int count)
    {
        var access = Service.Get<FabricAccess>();
        var endpoints = await Service.Get<ArtifactStore>().ListEndpointsAsync(Reference, CancellationToken.None);
        var peer = await access.ConnectAsync(Reference, endpoints.First(one => one.Role == NodeRole.Peer), CancellationToken.None);
        var orderers = await access.ConnectAsync(Reference, endpoints.Where(one => one.Role == NodeRole.Orderer), CancellationToken.None);
        using var signer = await access.AdministratorOfAsync(Reference, OrganizationName.Parse("org1"), CancellationToken.None);
        var call = ChaincodeCall.Of("main", "asset", "Create", $"asset-{_assets++}", "me", "1");
        List<(TransactionProposal Proposal, Envelope Transaction)> endorsed = [];
        for (var number = 0; number < count; number++)
        {
            var proposal = Proposals.Create(call, signer, TimeProvider.System);
            var answer = await new Endorser(peer, signer, TimeProvider.System).EndorseAsync(proposal, "create an asset", CancellationToken.None);
            endorsed.Add((proposal, EndorsedTransaction.Create(proposal, [answer], signer)));
        }

        await using var watch = await CommitWatch.OpenAsync(peer, call.Channel, signer, TimeProvider.System, CancellationToken.None);
        foreach (var (_, transaction) in endorsed)
        {
            await new Broadcaster(orderers, TimeProvider.System).SendAsync(transaction, "create an asset", CancellationToken.None);
        }

        await Assert.ThrowsAsync<TransactionInvalidException>(() => watch.WaitAsync(endorsed[^1].Proposal.TransactionId));
    }

    /// <summary>The node that serves the chaincode.</summary>
    internal string ChaincodeNode { get; } = NodeReference.Chaincode(OrganizationName.Parse("org1"), ChannelName.Parse("main"), ChaincodeName.Parse("asset")).Node.Value;

    /// <summary>Whether a pod's container waits for that reason.</summary>
    internal bool IsWaiting(string pod, string reason) =>
        (string?)_host.Cluster.Store.Get(new ObjectKey(ClusterKinds.Pods, Peers, pod))?["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"] == reason;

    /// <summary>Looks at the same network through a cluster whose API is gone.</summary>
    internal async Task<INetworkObserver> ObserverOfDeadClusterAsync()
    {
        var kubeconfig = await File.ReadAllTextAsync(KubeconfigPath);
        var dead = $"{KubeconfigPath}-dead";
        await File.WriteAllTextAsync(dead, System.Text.RegularExpressions.Regex.Replace(kubeconfig, @"(server: .*:)\d+", "${1}1"));
        var clusters = new Core.Kubernetes.KubernetesClusters(
            [new Core.Kubernetes.ClusterOptions { Kubeconfig = dead }], cluster => Core.Kubernetes.KubernetesConnector.Connect(cluster, TimeProvider.System));
        var options = new HealthOptions { ClusterLimit = TimeSpan.FromSeconds(2), CallLimit = TimeSpan.FromSeconds(3) };
        return new Core.Steps.Health.NetworkObserver(
            clusters, Service.Get<IBlobStore>(), Service.Get<SecretStore>(), Service.Get<Core.Fabric.Transport.FabricConnections>(), options, TimeProvider.System);
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds, string what, Func<string>? seen = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Until.TrueAsync(holds, () => $"waited in vain for {what}; seen: {seen?.Invoke()}", deadline.Token);
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? []).Any(condition => (string?)condition?["type"] == "Ready" && (string?)condition["status"] == "True");

    private Task SetHealingAsync(bool isOn) => Records.PutAsync(RecordNames.HealthSettings(Reference), new HealthSettings(isOn), BlobCondition.None, CancellationToken.None);

    private async Task ForgetAsync()
    {
        await Records.DeleteAsync(RecordNames.HealthOfNetwork(Reference), BlobCondition.None, CancellationToken.None);
        await Records.DeleteAsync(RecordNames.HealthEvents(Reference), BlobCondition.None, CancellationToken.None);
    }

    private const string Specification = """
        name: lab
        fabricVersion: 3.1.5
        exposure: cluster
        ordering:
          nodes: 3
          batch: { timeout: 50ms }
        organizations:
          - name: org1
            peers: 2
        channels:
          - name: main
        chaincodes:
          - name: asset
            channel: main
            image: baas.example/asset-chaincode:1.0
        """;
}
