using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.Core.Steps.Cluster;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Health;
using Baas.Functions.Http;
using Baas.Sandbox.Cluster.Access;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Pods;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Rights;

/// <summary>The role of <c>infra/kubernetes/rbac.yaml</c> is enough for the whole life of a network, and nothing of it is left unused.</summary>
public sealed class RightsTests : SandboxTests
{
    private const string Role = "infra/kubernetes/rbac.yaml";
    private const string Network = "rights";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly FaultyRuntime _faults = new();
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    private protected override Task<SandboxHost> StartHostAsync() => SandboxHost.StartAsync(options => options with
    {
        Runtimes = [_faults, new HostedRuntime(options.Programs)],
        Audit = request => _used[request.ToString()] = true,
    });

    [Fact]
    public async Task Role_IsWhatTheLifeOfANetworkNeeds()
    {
        var kubeconfig = Host.BindRole("baas", Role);
        await using var service = await Host.StartServiceAsync("service", services => services.AddSingleton(new HealthOptions { Enabled = false, RestartAfter = TimeSpan.Zero }), kubeconfig: kubeconfig);
        Succeeded(await service.Api.CreateToEndAsync(Network, DrillNetwork.Specification(Network, "couchdb", "3.1.1")));
        var network = new DrillNetwork(service, Network);
        await network.WriteAsync("before", 2);
        await LookAndHealAsync(service);
        await ReadLogsAsync(service);

        var backup = await service.Api.BackUpToEndAsync(Network);
        Succeeded(backup);
        Succeeded(await service.Api.EndOfAsync(await service.Api.UpgradeAsync(Network, "3.1.5")));
        Succeeded(await service.Api.RenewToEndAsync(Network, "all=true", minutes: 5));
        await network.LoseAsync("peer-2.org1");
        Succeeded(await service.Api.RestoreToEndAsync(Network, BackupId.Of(backup.Id), force: true, ["peer-2.org1"]));
        await ExplainAsync(service);
        Succeeded(await service.Api.DeleteToEndAsync(Network));

        // Each use was allowed; what was allowed and never used has no place in the role.
        Assert.Equal([], Granted().Except(_used.Keys));
    }

    // A peer whose object has changed gets it back, and one that is deaf gets another pod.
    private async Task LookAndHealAsync(ServiceRun service)
    {
        var sweep = service.Get<HealthSweep>();
        var key = new ObjectKey(ClusterKinds.StatefulSets, "acme-rights-org1", "peer-2");
        Assert.NotNull(Host.Cluster.Store.Change(key, set =>
        {
            set["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"] = 1;
            return set;
        }));
        await Until.TrueAsync(IsHealthyAsync, Patience);
        await _faults.PauseAsync("peer-2-0");
        await Until.TrueAsync(async () => !await IsHealthyAsync(), Patience);
        await Until.TrueAsync(IsHealthyAsync, Patience);

        async Task<bool> IsHealthyAsync() => Assert.Single((await sweep.RunAsync(CancellationToken.None)).Networks) is { State: HealthState.Healthy, Healing: null, Operation: null };
    }

    private static async Task ReadLogsAsync(ServiceRun service)
    {
        using var answer = await service.Http.GetAsync(new Uri($"networks/{Network}/organizations/org1/nodes/peer-1/logs", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    // Why a node has no pod stands in the events; a wait looks there when its StatefulSet is older than a start takes.
    private async Task ExplainAsync(ServiceRun service)
    {
        Host.Cluster.Store.Change(new ObjectKey(ClusterKinds.StatefulSets, "acme-rights-orderer", "orderer-2"), set =>
        {
            set["spec"]!["replicas"] = 0;
            return set;
        });
        var look = new NodeReady(service.Get<KubernetesClusters>(), new ShiftedClock(TimeSpan.FromHours(1)));
        var input = new NodeReady.Input(new NetworkReference(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(Network)), NodeReference.Orderer(OrganizationName.Parse("orderer"), 2), null);
        await Until.TrueAsync(async () => await look.ApplyAsync(input, CancellationToken.None) is { Holds: false } && _used.ContainsKey("list events"), Patience);
    }

    private IEnumerable<string> Granted() =>
        from rule in Host.Cluster.Store.Get(new ObjectKey(ClusterKinds.ClusterRoles, null, "baas"))!.Objects("rules") // BindRole has put it there
        from @group in (JsonArray)rule["apiGroups"]!
        from resource in (JsonArray)rule["resources"]!
        from verb in (JsonArray)rule["verbs"]!
        select new AccessRequest($"{verb}", $"{@group}", $"{resource}", null, null).ToString();

    private static void Succeeded(OperationResource operation) => Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
