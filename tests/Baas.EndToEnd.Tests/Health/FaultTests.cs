using System.Text.Json.Nodes;
using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Sandbox.Cluster.Kinds;

namespace Baas.EndToEnd.Tests.Health;

/// <summary>Each fault is found with its reason, and heals where that is safe.</summary>
public sealed class FaultTests(HealthLab lab) : IClassFixture<HealthLab>, IAsyncLifetime
{
    private const string Peer = "peer-2.org1";

    public Task InitializeAsync() => lab.BeginAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Nothing_IsHealthyInEveryRespect()
    {
        var health = await lab.FindAsync(
            health => health is { State: HealthState.Healthy, Channels: [{ ActiveOrderers: 3, Leader: not null }] } && health.Nodes.All(node => node.Role != NodeRole.Peer || node.VolumePercent is not null),
            "every answer");

        Assert.Equal(6, health.Nodes.Count);
        var channel = Assert.Single(health.Channels);
        Assert.Equal((3, 2), (channel.Orderers, channel.Quorum));
        Assert.All(health.Nodes, node => Assert.True(node.IsReady));
        Assert.All(health.Nodes, node => Assert.InRange(node.CertificateDays!.Value, 300, 400));
    }

    [Fact]
    public async Task NodeKilledOnce_IsSeenToHaveRestarted()
    {
        await lab.Faults.KillAsync("peer-2-0");
        await lab.PodAsync(HealthLab.Peers, "peer-2-0", pod => (int?)pod?["status"]?["containerStatuses"]?[0]?["restartCount"] > 0);

        var health = await lab.FindAsync(FindingCodes.Restarted, Peer);

        Assert.True(health.Nodes.Single(node => node.Name == Peer).Restarts > 0);
    }

    [Fact]
    public async Task NodeThatCrashesAgainAndAgain_IsDownAndGetsANewPod()
    {
        await HealthLab.UntilAsync(
            async () =>
            {
                await lab.Faults.KillAsync("peer-2-0"); // the second time it waits for its next start
                return lab.IsWaiting("peer-2-0", "CrashLoopBackOff");
            },
            "the pod to wait");

        await lab.FindAsync(
            health => HealthLab.Has(health, FindingCodes.CrashLooping, Peer) && health.State == HealthState.Degraded && health.Nodes.Single(node => node.Name == Peer).State == HealthState.Down,
            "a node that crashes, and no other");
        Assert.Contains(await lab.HealAsync(), happened => happened.Kind == HealthEvent.HealingKind && happened.Message.StartsWith("restart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PausedPeer_IsDownAndGetsANewPod()
    {
        await lab.Faults.PauseAsync("peer-2-0");
        await lab.NotReadyAsync(HealthLab.Peers, "peer-2-0");

        await lab.SeeAsync(FindingCodes.PodNotReady, Peer);
        await lab.FindAsync(health => health.State == HealthState.Degraded, "the paused peer, and no other");
        await lab.HealAsync();
    }

    [Fact]
    public async Task PausedOrderer_PutsTheQuorumAtRiskAndGetsANewPod()
    {
        await lab.Faults.PauseAsync("orderer-3-0");
        await lab.NotReadyAsync(HealthLab.Orderers, "orderer-3-0");

        await lab.SeeAsync(FindingCodes.PodNotReady, "orderer-3.orderer");
        await lab.FindAsync(FindingCodes.QuorumAtRisk, "main");
        await lab.HealAsync();
    }

    [Fact]
    public async Task QuorumLost_IsDownAndHealsOneOrdererAfterTheOther()
    {
        await lab.Faults.PauseAsync("orderer-2-0");
        await lab.Faults.PauseAsync("orderer-3-0");
        await lab.NotReadyAsync(HealthLab.Orderers, "orderer-2-0");
        await lab.NotReadyAsync(HealthLab.Orderers, "orderer-3-0");

        Assert.Equal(HealthState.Down, (await lab.SeeAsync(FindingCodes.QuorumLost, "main")).State);
        var acts = (await lab.HealAsync()).Where(happened => happened.Message.StartsWith("restart", StringComparison.Ordinal)).ToList();
        Assert.InRange(acts.DistinctBy(act => act.At).Count(), 2, int.MaxValue); // more when one that is well does not answer in time
    }

    [Fact]
    public async Task LeaderThatChangesOften_IsFound()
    {
        for (var change = 0; change < 4; change++)
        {
            var leader = (await lab.FindAsync(health => health.Channels is [{ Leader: not null }], "a leader")).Channels[0].Leader!; // waited for
            await lab.Faults.PauseAsync($"{leader.Split('.')[0]}-0");
            await lab.FindAsync(health => health.Channels is [{ Leader: { } other }] && other != leader, "another leader");
            await lab.Faults.ResumeAsync($"{leader.Split('.')[0]}-0");
            await lab.FindAsync(health => health.Nodes.All(node => node.State == HealthState.Healthy), "all nodes to be well");
        }

        await lab.FindAsync(FindingCodes.LeaderUnstable, "main");
    }

    [Fact]
    public async Task InvalidTransactions_AreFound()
    {
        await lab.FindAsync(health => health.Trends is [{ Transactions.Count: 2 }], "what both peers have committed");
        await lab.CollideAsync(8);

        var health = await lab.FindAsync(FindingCodes.TransactionsInvalid, "main");

        Assert.Equal(HealthState.Healthy, health.AllFindings.Single(finding => finding.Code == FindingCodes.TransactionsInvalid).State);
    }

    [Fact]
    public async Task NodeOfAnotherVersion_IsFound()
    {
        lab.Change(ClusterKinds.StatefulSets, HealthLab.Peers, "peer-2", set => set["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "hyperledger/fabric-peer:3.1.1");

        var health = await lab.FindAsync(FindingCodes.VersionSkew, HealthLab.Network);

        Assert.Contains(health.Findings, finding => finding.Detail.Contains("3.1.1 on peer-2.org1", StringComparison.Ordinal));
        await lab.HealAsync();
    }

    [Fact]
    public async Task LaggingPeer_IsFound()
    {
        lab.Faults.Cut("peer-2-0");
        await lab.Faults.KillAsync("peer-2-0");
        await lab.PodAsync(HealthLab.Peers, "peer-2-0", pod => (int?)pod?["status"]?["containerStatuses"]?[0]?["restartCount"] > 0);
        await lab.OrderAsync(12);

        var health = await lab.FindAsync(FindingCodes.PeerLagging, Peer);

        Assert.True(health.Nodes.Single(node => node.Name == Peer).Channels.Single().Behind > 10);
        lab.Faults.Mend("peer-2-0");
        await lab.BeginAsync();
    }

    [Fact]
    public async Task StoppedChaincode_IsDownAndGetsANewPod()
    {
        var server = lab.ChaincodeNode;
        await lab.Faults.PauseAsync($"{server}-0");
        await lab.NotReadyAsync(HealthLab.Peers, $"{server}-0");

        await lab.SeeAsync(FindingCodes.PodNotReady, $"{server}.org1");
        await lab.HealAsync();
    }

    [Fact]
    public async Task DeletedService_IsMissingAndComesBack()
    {
        await lab.DeleteAsync(ResourceKind.Service, HealthLab.Peers, "peer-2");

        await lab.SeeAsync(FindingCodes.ObjectMissing, $"Service {HealthLab.Peers}/peer-2");
        await lab.HealAsync();
    }

    [Fact]
    public async Task DeletedSecret_IsMissingAndComesBack()
    {
        await lab.DeleteAsync(ResourceKind.Secret, HealthLab.Peers, "peer-2");

        await lab.SeeAsync(FindingCodes.ObjectMissing, $"Secret {HealthLab.Peers}/peer-2");
        await lab.HealAsync();
    }

    [Fact]
    public async Task DeletedStatefulSet_IsMissingAndComesBackWithItsLedger()
    {
        await lab.DeleteAsync(ResourceKind.StatefulSet, HealthLab.Orderers, "orderer-1");

        await lab.FindAsync(
            health => HealthLab.Has(health, FindingCodes.ObjectMissing, $"StatefulSet {HealthLab.Orderers}/orderer-1") && HealthLab.Has(health, FindingCodes.PodMissing, "orderer-1.orderer"),
            "no object and no pod");
        await lab.HealAsync();
    }

    [Fact]
    public async Task WrongImage_IsDriftAndGoesBack()
    {
        lab.Change(ClusterKinds.StatefulSets, HealthLab.Peers, "peer-2", set => set["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "example.com/nothing:1");

        await lab.FindAsync(
            health => HealthLab.Has(health, FindingCodes.ImageUnavailable, Peer) && HealthLab.Has(health, FindingCodes.ObjectDrifted, $"StatefulSet {HealthLab.Peers}/peer-2"),
            "no image, and why");
        await lab.HealAsync();
    }

    [Fact]
    public async Task NoReplicas_IsDriftAndGoesBack()
    {
        lab.Change(ClusterKinds.StatefulSets, HealthLab.Peers, "peer-2", set => set["spec"]!["replicas"] = 0);

        await lab.FindAsync(
            health => HealthLab.Has(health, FindingCodes.PodMissing, Peer) && HealthLab.Has(health, FindingCodes.ObjectDrifted, $"StatefulSet {HealthLab.Peers}/peer-2"),
            "no pod, and why");
        await lab.HealAsync();
    }

    [Fact]
    public async Task OpenedNetworkPolicy_IsDriftAndGoesBack()
    {
        lab.Change(ClusterKinds.NetworkPolicies, HealthLab.Peers, "chaincodes-and-databases", policy => policy["spec"]!["ingress"] = new JsonArray(new JsonObject()));

        await lab.SeeAsync(FindingCodes.ObjectDrifted, $"NetworkPolicy {HealthLab.Peers}/chaincodes-and-databases");
        await lab.HealAsync();
    }

    [Fact]
    public async Task FullVolume_IsFound()
    {
        var ballast = lab.Fill("data-peer-2-0", 1L << 40);

        var health = await lab.FindAsync(FindingCodes.VolumeFull, Peer);

        File.Delete(ballast);
        Assert.Equal(AlertState.Firing, health.Alerts.Single(alert => alert.Rule == FindingCodes.VolumeFull).State);
    }

    [Fact]
    public async Task PeerThatLostItsLedger_JoinsItsChannelsAgain()
    {
        await lab.DeleteAsync(ResourceKind.StatefulSet, HealthLab.Peers, "peer-2");
        await lab.DeleteAsync(ResourceKind.PersistentVolumeClaim, HealthLab.Peers, "data-peer-2-0");

        Assert.Contains(await lab.HealAsync(), happened => happened.Message.StartsWith("rejoin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(340, FindingCodes.CertificateExpiring)]
    [InlineData(360, FindingCodes.CertificateExpiringSoon)]
    [InlineData(380, FindingCodes.CertificateExpired)]
    public async Task CertificatesThatDoNotLast_AreFoundAndTold(int days, string code)
    {
        var clock = new ShiftedClock(TimeSpan.FromDays(days));

        var health = await lab.SeeAsync(code, $"{Peer} TLS", clock);

        await lab.FindAsync(now => now.State == HealthState.Degraded, "a network that works", clock);
        Assert.Equal(AlertState.Firing, health.Alerts.Single(alert => alert.Rule == code && alert.Subject == $"{Peer} TLS").State);
    }

    [Fact]
    public async Task ClusterThatDoesNotAnswer_IsUnknownAndNothingIsHealed()
    {
        var health = await lab.SweepAtAsync(TimeProvider.System, await lab.ObserverOfDeadClusterAsync());

        Assert.Equal(HealthState.Unknown, health.State);
        Assert.All(health.Nodes, node => Assert.Equal(HealthState.Unknown, node.State));
        Assert.True(HealthLab.Has(health, FindingCodes.ClusterUnreachable, "default"), HealthLab.Describe(health));
        Assert.Null(health.Healing);
    }
}
