using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Tests.Workflows;

namespace Baas.Core.Tests.Operations.Upgrades;

public sealed class UpgradePreflightTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly NetworkRecord Network = new()
    {
        Reference = new(TenantName.Parse("acme"), TestInputs.TwoOrganizations.Name),
        Spec = TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse("3.1.1") },
        State = NetworkState.Ready,
        CreatedAt = Now,
        UpdatedAt = Now,
        LastOperation = OperationId.Parse("op-test"),
    };

    [Fact]
    public void Of_ANetworkThatIsWellAndBackedUp_FindsNothing() => Assert.Empty(Of(Network, health: Health(), backup: Now));

    [Fact]
    public void Of_ANodeThatIsNotReady_Blocks()
    {
        var node = new NodeHealth
        {
            Organization = OrganizationName.Parse("org1"),
            Node = NodeName.Parse("peer-1"),
            Role = NodeRole.Peer,
            State = HealthState.Down,
            IsReady = false,
            Findings = [new("pod", HealthState.Down, "peer-1.org1", "it has ended")],
        };

        var finding = Assert.Single(Of(Network, health: Health() with { Nodes = [node] }, backup: Now));

        Assert.Equal(("node-not-ready", true), (finding.Code, finding.IsBlocking));
        Assert.Contains("peer-1.org1 is not ready: it has ended", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NetworkState.Failed, "network-not-ready")]
    [InlineData(NetworkState.Creating, "network-not-ready")]
    public void Of_ANetworkThatIsNotReady_Blocks(NetworkState state, string code) =>
        Assert.Contains(Of(Network with { State = state }, Health(), Now), finding => finding.IsBlocking && finding.Code == code);

    [Fact]
    public void Of_ANetworkThatIsBeingChanged_Blocks() =>
        Assert.Contains(Of(Network with { ActiveOperation = OperationId.Parse("op-other") }, Health(), Now), finding => finding is { IsBlocking: true, Code: "network-busy" });

    [Fact]
    public void Of_OldLooksAndOldBackups_OnlySaysSo()
    {
        var findings = Of(Network, Health() with { CheckedAt = Now - TimeSpan.FromHours(1) }, Now - TimeSpan.FromDays(2));

        Assert.Equal([("health-not-known", false), ("backup-old", false)], findings.Select(finding => (finding.Code, finding.IsBlocking)));
        Assert.Contains(Of(Network, null, null), finding => finding is { Code: "backup-missing", IsBlocking: false });
    }

    [Theory]
    [InlineData("3.1.5", true)]
    [InlineData("3.1.6", true)]
    [InlineData("3.1.4", false)]
    public void Of_AnUpgradeThatHasNotEnded_GoesOnToTheSameOrAHigherVersion(string to, bool isPossible)
    {
        var halfWay = Network with { NodeVersions = new Dictionary<string, FabricVersion> { ["orderer-1.orderer"] = FabricVersion.Parse("3.1.5") } };

        var findings = Of(halfWay, Health(), Now, to);

        Assert.Contains(findings, finding => finding is { Code: "upgrade-unfinished", IsBlocking: false });
        Assert.Equal(isPossible, !findings.Any(finding => finding.IsBlocking));
    }

    [Theory]
    [InlineData(1, "orderer-alone")]
    [InlineData(2, "orderers-without-spare")]
    public void Of_TooFewOrderers_SaysSo(int nodes, string code)
    {
        var small = Network with { Spec = Network.Spec with { Ordering = Network.Spec.Ordering with { Nodes = nodes } } };

        Assert.Equal((code, false), Assert.Single(Of(small, Health(), Now).Select(finding => (finding.Code, finding.IsBlocking))));
    }

    [Fact]
    public void Of_AVolumeThatIsNearlyFull_Blocks()
    {
        NodeHealth Node(int percent) => new()
        {
            Organization = OrganizationName.Parse("org1"),
            Node = NodeName.Parse("peer-1"),
            Role = NodeRole.Peer,
            State = HealthState.Healthy,
            IsReady = true,
            VolumePercent = percent,
            Findings = [],
        };

        Assert.Empty(Of(Network, Health() with { Nodes = [Node(89)] }, Now));
        var finding = Assert.Single(Of(Network, Health() with { Nodes = [Node(90)] }, Now));
        Assert.Equal(("volume-full", true), (finding.Code, finding.IsBlocking));
        Assert.Contains("peer-1.org1 is 90 % full", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ARequiredBackup_BlocksUnlessAVerifiedOneIsYoungEnough()
    {
        var request = new UpgradeRequest(FabricVersion.Parse("3.1.5")) { RequireBackup = Duration.Parse("24h") };
        string? CodeOf(params BackupRecord[] backups) => UpgradePreflight.Of(Network, request, Health(), backups, new UpgradeOptions(), Now).SingleOrDefault(finding => finding.IsBlocking)?.Code;
        var (young, old) = (Backup(Now - TimeSpan.FromHours(23)), Backup(Now - TimeSpan.FromHours(25)));

        Assert.Equal("backup-missing", CodeOf());
        Assert.Equal("backup-not-verified", CodeOf(young));
        Assert.Equal("backup-old", CodeOf(young, old with { VerifiedAt = Now }));
        Assert.Null(CodeOf(young with { VerifiedAt = Now }, Backup(Now)));
    }

    [Theory]
    [InlineData("3.1.1", true, null)]
    [InlineData("3.1.5", true, null)]
    [InlineData("3.1.1", false, "path-not-supported")]
    public void Of_CapabilitiesOfTheSameVersion_AreNoReasonToRefuse(string to, bool capabilities, string? code)
    {
        var request = new UpgradeRequest(FabricVersion.Parse(to)) { Capabilities = capabilities };

        Assert.Equal(code, UpgradePreflight.Of(Network, request, Health(), [Backup(Now)], new UpgradeOptions(), Now).SingleOrDefault()?.Code);
    }

    [Fact]
    public void Of_AChannelThatIsNotThere_Blocks()
    {
        var request = new UpgradeRequest(FabricVersion.Parse("3.1.5")) { CapabilitiesOf = [ChannelName.Parse("nowhere")] };

        var finding = Assert.Single(UpgradePreflight.Of(Network, request, Health(), [Backup(Now)], new UpgradeOptions(), Now));

        Assert.Equal(("channel-not-found", true), (finding.Code, finding.IsBlocking));
    }

    [Fact]
    public void Of_AVersionBelowTheCapabilityOfAChannel_SaysThatFirst()
    {
        var raised = Network with { Spec = Network.Spec with { Channels = [Network.Spec.Channels[0] with { Capabilities = new("V3_0", "V2_0", "V2_5") }] } };

        var finding = Of(raised, Health(), Now, "2.5.16")[0];

        Assert.Equal(("capability-above-version", true), (finding.Code, finding.IsBlocking));
        Assert.Contains("V3_0", finding.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<UpgradeFinding> Of(NetworkRecord network, NetworkHealth? health, DateTimeOffset? backup, string to = "3.1.5") =>
        UpgradePreflight.Of(network, new UpgradeRequest(FabricVersion.Parse(to)), health, backup is { } at ? [Backup(at)] : [], new UpgradeOptions(), Now);

    private static BackupRecord Backup(DateTimeOffset at) => new()
    {
        Id = BackupId.Of(OperationId.Parse("op-test")),
        Network = Network.Reference,
        Operation = OperationId.Parse("op-test"),
        State = BackupState.Complete,
        CreatedAt = at,
    };

    private static NetworkHealth Health() => new() { Network = Network.Reference, State = HealthState.Healthy, CheckedAt = Now, Findings = [], Nodes = [], Channels = [] };
}
