using System.Diagnostics;
using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Sandbox;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Processes;
using Baas.Testing.Fabric;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Health;

/// <summary>Health of Fabric's own programs: its metrics, its participation API and its probes are what is looked at.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealNodesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    [FabricBinariesFact]
    public async Task StoppedNodes_AreFoundAndHealed()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricBin = Environment.GetEnvironmentVariable(FabricBinaries.Variable),
            FabricHome = Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable),
        });
        await using var service = await host.StartServiceAsync(
            "service", services => services.AddSingleton(new HealthOptions { Enabled = false, RestartAfter = TimeSpan.Zero }));
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("real", Specification)).State);
        var healthy = await UntilAsync(service, health => health is { State: HealthState.Healthy } && health.Channels[0].Leader is not null);
        Assert.Equal((3, 3, 2), (healthy.Channels[0].Orderers, healthy.Channels[0].ActiveOrderers, healthy.Channels[0].Quorum));
        Assert.All(healthy.Nodes.Where(node => node.Role == NodeRole.Orderer), node => Assert.NotNull(node.Channels[0].IsLeader));

        // Fabric's own metrics count what several looks are compared by.
        Assert.Equal(3, healthy.Trends[0].LeaderChanges.Count);
        Assert.All(healthy.Trends[0].Transactions.Values, counts => Assert.True(counts is { Valid: > 0, Invalid: 0 }, $"{counts}"));
        Assert.Single(healthy.Trends[0].Transactions);

        // The leader stops, as a machine that hangs would: the others elect another one.
        var leader = healthy.Nodes.Single(node => node.Name == healthy.Channels[0].Leader);
        Stop(host, $"acme-real-{leader.Organization}", $"{leader.Node}-0");
        var found = await UntilAsync(service, health => health.AllFindings.Any(finding => finding.Code == FindingCodes.PodNotReady && finding.Subject == leader.Name));
        Assert.Contains(found.AllFindings, finding => finding.Code is FindingCodes.QuorumAtRisk or FindingCodes.NoLeader);

        var healed = await UntilAsync(service, health => health is { State: HealthState.Healthy, Healing: null, Operation: null } && health.Channels[0].Leader is not null);
        Assert.NotEqual(leader.Name, healed.Channels[0].Leader);
    }

    [FabricBinariesFact]
    public async Task BftWhoseNextLeaderIsAwayToo_HasNoLeaderUntilAViewIsReal()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricBin = Environment.GetEnvironmentVariable(FabricBinaries.Variable),
            FabricHome = Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable),
        });
        await using var service = await host.StartServiceAsync("service", services => services.AddSingleton(new HealthOptions { Enabled = false, SelfHealing = false, CallLimit = TimeSpan.FromSeconds(3) }));
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("real", BftSpecification)).State);
        var healthy = await UntilAsync(service, health => health is { State: HealthState.Healthy });
        Assert.Equal((7, 7, 5), (healthy.Channels[0].Orderers, healthy.Channels[0].ActiveOrderers, healthy.Channels[0].Quorum));
        var before = healthy.Trends[0].LeaderChanges.Values.Max();

        // The leaders of this view and the next one: the others wait for one after the other, and go on with a third.
        Stop(host, "acme-real-orderer", "orderer-1-0");
        Stop(host, "acme-real-orderer", "orderer-2-0");
        await UntilAsync(service, health => health.AllFindings.Any(finding => finding.Code == FindingCodes.NoLeader));

        var again = await UntilAsync(service, health => health.AllFindings.Any(finding => finding.Code == FindingCodes.QuorumAtRisk) && health.Trends[0].LeaderChanges.Values.Max() > before);
        Assert.DoesNotContain(again.AllFindings, finding => finding.Code == FindingCodes.NoLeader);
    }

    private static void Stop(SandboxHost host, string space, string name)
    {
        var pod = host.Cluster.Store.Get(new ObjectKey(ClusterKinds.Pods, space, name));
        Assert.NotNull(pod);
        var folder = Directory.EnumerateFiles(Path.Combine(host.Pods, pod.Uid), ProcessNote.FileName, SearchOption.AllDirectories).Select(Path.GetDirectoryName).Single();
        var program = ProcessNote.Read(folder!); // a file has a folder
        using var stop = Process.Start("kill", ["-STOP", program!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]); // the node runs, so it is noted
        stop.WaitForExit();
        Assert.Equal(0, stop.ExitCode);
    }

    private static async Task<NetworkHealth> UntilAsync(ServiceRun service, Func<NetworkHealth, bool> holds)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var health = Assert.Single((await service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks);
            if (holds(health))
            {
                return health;
            }

            Assert.True(DateTimeOffset.UtcNow < end, $"waited in vain; seen: {HealthLab.Describe(health)}");
            await pace.WaitForNextTickAsync();
        }
    }

    private const string BftSpecification = """
        name: real
        fabricVersion: 3.1.5
        ordering:
          consensus: bft
          nodes: 7
          batch: { timeout: 200ms }
        organizations:
          - name: org1
            peers: 1
        channels:
          - name: main
        """;

    private const string Specification = """
        name: real
        fabricVersion: 3.1.5
        ordering:
          nodes: 3
          batch: { timeout: 200ms }
        organizations:
          - name: org1
            peers: 1
        channels:
          - name: main
        """;
}
