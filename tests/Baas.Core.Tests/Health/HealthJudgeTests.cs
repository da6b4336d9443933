using Baas.Core.Health;
using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Health;

public sealed class HealthJudgeTests
{
    private const string Peer = "peer-2.org1";
    private const string Orderer = "orderer-2.orderer";

    [Fact]
    public void Judge_AllWell_IsHealthyWithoutFindings()
    {
        var health = Judge(Seen.Well());

        Assert.Equal(HealthState.Healthy, health.State);
        Assert.Empty(health.AllFindings);
        Assert.Equal(("orderer-1.orderer", 3, 2, 100UL), (health.Channels[0].Leader, health.Channels[0].ActiveOrderers, health.Channels[0].Quorum, health.Channels[0].Height));
    }

    [Theory]
    [InlineData("ImagePullBackOff", FindingCodes.ImageUnavailable)]
    [InlineData("ErrImageNeverPull", FindingCodes.ImageUnavailable)]
    [InlineData("CrashLoopBackOff", FindingCodes.CrashLooping)]
    [InlineData("CreateContainerConfigError", FindingCodes.ConfigurationMissing)]
    [InlineData("", FindingCodes.PodNotReady)]
    public void Judge_PodWaits_SaysWhy(string waiting, string code)
    {
        var seen = Seen.Well().With(Peer, node => node with { Pod = node.Pod! with { IsReady = false, Waiting = waiting } });

        AssertFound(Judge(seen), code, Peer, HealthState.Down, HealthState.Degraded);
    }

    [Fact]
    public void Judge_NoPod_IsDown() => AssertFound(Judge(Seen.Well().With(Peer, node => node with { Pod = null })), FindingCodes.PodMissing, Peer, HealthState.Down, HealthState.Degraded);

    [Fact]
    public void Judge_ReadyButNotToBeReached_IsUnknownNotDown() =>
        AssertFound(Judge(Seen.Well().With(Peer, node => node with { CallFailure = "time-out" })), FindingCodes.NodeUnreachable, Peer, HealthState.Unknown, HealthState.Unknown);

    [Fact]
    public void Judge_ClusterDoesNotAnswer_EverythingIsUnknown()
    {
        var seen = Seen.Well();
        seen = seen with
        {
            ClusterFailures = new Dictionary<string, string> { ["default"] = "no answer" },
            Nodes = [.. seen.Nodes.Select(node => node.Dead() with { ClusterFailure = "no answer", Pod = null })],
        };

        var health = Judge(seen);

        Assert.Equal(HealthState.Unknown, health.State);
        Assert.All(health.Nodes, node => Assert.Equal(HealthState.Unknown, node.State));
        Assert.DoesNotContain(health.AllFindings, finding => finding.State == HealthState.Down);
    }

    [Fact]
    public void Judge_OneOrdererDown_PutsQuorumAtRisk()
    {
        var health = Judge(Seen.Well().With(Orderer, node => node.Dead()));

        Assert.Equal((HealthState.Degraded, FindingCodes.QuorumAtRisk), (health.Channels[0].State, health.Channels[0].Findings[0].Code));
        Assert.Equal(HealthState.Degraded, health.State);
    }

    [Fact]
    public void Judge_TwoOrderersDown_IsDown()
    {
        var health = Judge(Seen.Well().With(Orderer, node => node.Dead()).With("orderer-3.orderer", node => node.Dead()));

        Assert.Equal((HealthState.Down, FindingCodes.QuorumLost), (health.Channels[0].State, health.Channels[0].Findings[0].Code));
        Assert.Equal(HealthState.Down, health.State);
    }

    [Fact]
    public void Judge_TwoOrderersNotToBeReached_QuorumIsNotCalledLost()
    {
        static NodeObservation Far(NodeObservation node) => (node with { CallFailure = "time-out" }).On(channel => new ChannelObservation { Channel = channel.Channel });

        var health = Judge(Seen.Well().With(Orderer, Far).With("orderer-3.orderer", Far));

        Assert.Equal(HealthState.Unknown, health.Channels[0].State);
        Assert.NotEqual(HealthState.Down, health.State);
    }

    [Fact]
    public void Judge_NobodyKnowsALeader_IsDown()
    {
        var seen = Seen.Well();
        seen = seen with { Nodes = [.. seen.Nodes.Select(node => node.Role == NodeRole.Orderer ? node.On(channel => channel with { KnowsLeader = false, IsLeader = false }) : node)] };

        Assert.Equal((HealthState.Down, FindingCodes.NoLeader), (Judge(seen).Channels[0].State, Judge(seen).Channels[0].Findings[0].Code));
    }

    [Fact]
    public void Judge_TwoLeaders_IsDegraded() =>
        Assert.Equal(FindingCodes.TwoLeaders, Assert.Single(Judge(Seen.Well().With(Orderer, node => node.On(channel => channel with { IsLeader = true }))).Channels[0].Findings).Code);

    [Theory]
    [InlineData(Consensus.Raft, 1, 1)]
    [InlineData(Consensus.Raft, 3, 2)]
    [InlineData(Consensus.Raft, 5, 3)]
    [InlineData(Consensus.Bft, 4, 3)]
    [InlineData(Consensus.Bft, 7, 5)]
    [InlineData(Consensus.Bft, 10, 7)]
    public void QuorumOf_IsTheProtocols(Consensus consensus, int orderers, int quorum) => Assert.Equal(quorum, ChannelJudge.QuorumOf(consensus, orderers));

    [Theory]
    [InlineData(90UL, null)]
    [InlineData(89UL, FindingCodes.PeerLagging)]
    public void Judge_PeerBehind_LagsFromElevenBlocksOn(ulong height, string? code)
    {
        var health = Judge(Seen.Well().With(Peer, node => node.On(channel => channel with { Height = height })));

        Assert.Equal(code, health.AllFindings.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Judge_NoMember_IsFound() =>
        AssertFound(Judge(Seen.Well().With(Peer, node => node.On(channel => channel with { IsMember = false, Height = null }))), FindingCodes.ChannelNotJoined, Peer, HealthState.Degraded, HealthState.Degraded);

    [Theory]
    [InlineData(79, null)]
    [InlineData(80, FindingCodes.VolumeFilling)]
    [InlineData(95, FindingCodes.VolumeFull)]
    public void Judge_Volume_FillsUp(int percent, string? code)
    {
        var health = Judge(Seen.Well().With(Peer, node => node with { Volume = new VolumeObservation(percent, 100) }));

        Assert.Equal(code, health.AllFindings.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(-1, false, FindingCodes.CertificateExpired)]
    [InlineData(6, false, FindingCodes.CertificateExpiringSoon)]
    [InlineData(29, false, FindingCodes.CertificateExpiring)]
    [InlineData(31, false, null)]
    [InlineData(59, true, FindingCodes.AuthorityExpiring)]
    [InlineData(61, true, null)]
    public void Judge_Certificate_LastsSoLong(int days, bool isAuthority, string? code)
    {
        var seen = Seen.Well() with { Certificates = [new CertificateObservation("org1", "TLS", isAuthority, Seen.Now.AddDays(days))] };

        Assert.Equal(code, Judge(seen).AllFindings.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(47, false)]
    [InlineData(49, true)]
    public void Judge_Backup_IsOverdueAfterTwiceItsSchedule(int hours, bool isOverdue)
    {
        var facts = new BackupFacts(Seen.Now.AddHours(-hours), TimeSpan.FromDays(1), null);

        Assert.Equal(isOverdue, HealthJudge.Judge(Seen.Well(), facts, Seen.Now).AllFindings.Any(finding => finding.Code == FindingCodes.BackupOverdue));
    }

    [Fact]
    public void Judge_NoBackupEver_IsFoundOnceOneWasDue()
    {
        var facts = new BackupFacts(null, TimeSpan.FromDays(1), Seen.Now.AddDays(-3));

        Assert.Contains(HealthJudge.Judge(Seen.Well(), facts, Seen.Now).AllFindings, finding => finding.Code == FindingCodes.BackupOverdue);
        Assert.Empty(HealthJudge.Judge(Seen.Well(), null, Seen.Now).AllFindings);
    }

    [Fact]
    public void Judge_BackupThatWasNotCopied_IsFound()
    {
        var facts = new BackupFacts(Seen.Now, null, null, Seen.Now.AddHours(-3));

        var finding = Assert.Single(HealthJudge.Judge(Seen.Well(), facts, Seen.Now).AllFindings);
        Assert.Equal((FindingCodes.BackupCopyBehind, HealthState.Degraded), (finding.Code, finding.State));
    }

    [Fact]
    public void Judge_NamespaceGone_IsDown()
    {
        var gone = new ObjectObservation { Name = "Namespace acme-net-org1", Organization = Seen.Org1, Code = FindingCodes.NamespaceMissing, Detail = "gone" };

        Assert.Equal(HealthState.Down, Judge(Seen.Well() with { Objects = [gone] }).State);
    }

    private static NetworkHealth Judge(NetworkObservation seen) => HealthJudge.Judge(seen, null, Seen.Now);

    private static void AssertFound(NetworkHealth health, string code, string subject, HealthState node, HealthState network)
    {
        Assert.Equal((code, node), health.Nodes.Single(one => one.Name == subject).Findings.Select(finding => (finding.Code, finding.State)).Single());
        Assert.Equal(network, health.State);
    }
}
