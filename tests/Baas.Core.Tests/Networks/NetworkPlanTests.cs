using Baas.Core.Networks;
using Baas.Core.Networks.Plans;

namespace Baas.Core.Tests.Networks;

public sealed class NetworkPlanTests
{
    private static readonly NetworkSpec Network = TestSpecs.Network;

    [Fact]
    public void Between_NothingAndSpec_MakesEverythingInPhases()
    {
        var plan = NetworkPlan.Between(null, Network);

        Assert.Equal(
            [
                "organizations: orderer, org1, org2",
                "nodes: orderer-1.orderer, orderer-2.orderer, orderer-3.orderer, peer-1.org1, peer-2.org1, peer-1.org2, peer-2.org2",
                "channels: main",
                "chaincodes: asset on main",
            ],
            plan.Phases.Select(Line));
        Assert.All(plan.Phases, phase => Assert.False(phase.IsRemoval));
        Assert.Equal([3, 3, 3], plan.Phases[0].Changes.Cast<AddOrganization>().Select(change => change.Nodes)); // peers and a chaincode server each
    }

    [Fact]
    public void Between_SpecAndNothing_TakesTheSameAwayInReverse()
    {
        var made = NetworkPlan.Between(null, Network);

        var removed = NetworkPlan.Between(Network, null);

        Assert.Equal(made.Phases.Reverse().Select(Line), removed.Phases.Select(Line));
        Assert.All(removed.Phases, phase => Assert.True(phase.IsRemoval));
        Assert.True(NetworkPlan.Between(null, null).IsEmpty);
    }

    [Fact]
    public void Between_Grown_AddsWhatIsNew()
    {
        var yaml = TestSpecs.Yaml
            .Replace("nodes: 3", "nodes: 4", StringComparison.Ordinal)
            .Replace("- { name: org2, peers: 2 }", "- { name: org2, peers: 3 }\n  - { name: org3, peers: 1 }", StringComparison.Ordinal)
            .Replace("- { name: main }", "- { name: main, organizations: [org2, org1] }\n  - { name: side, organizations: [org3] }", StringComparison.Ordinal)
            .Replace("image: asset", "image: asset, sequence: 2, version: 2.0", StringComparison.Ordinal);

        var plan = NetworkPlan.Between(Network, TestSpecs.Read(yaml));

        Assert.Empty(plan.Violations);
        Assert.Equal(["organizations: org3", "nodes: orderer-4.orderer, peer-3.org2, peer-1.org3", "channels: side", "chaincodes: asset on main"], plan.Phases.Select(Line));
        Assert.Equal(["main"], plan.Phases[1].Changes.OfType<AddOrderer>().Single().Joins.Select(channel => channel.Value));
        var peer = plan.Phases[1].Changes.OfType<AddPeer>().First();
        Assert.Equal(["main"], peer.Joins.Select(channel => channel.Value));
        Assert.Empty(peer.Installs); // the new version is installed by its own change
        Assert.Equal(1, Assert.IsType<AddChaincode>(plan.Phases[3].Changes.Single()).Replaces?.Sequence);
    }

    [Theory]
    [InlineData("name: net", "name: other", "$.name", "change-not-supported")]
    [InlineData("nodes: 3", "nodes: 2", "$.ordering.nodes", "change-not-supported")]
    [InlineData("nodes: 3", "nodes: 3, batch: { timeout: 1s }", "$.ordering.batch.timeout", "change-not-supported")]
    [InlineData("name: org2, peers: 2", "name: org2, peers: 1", "$.organizations[1].peers", "change-not-supported")]
    [InlineData("name: org2, peers: 2", "name: org2, stateDatabase: couchdb", "$.organizations[1].stateDatabase", "change-not-supported")]
    [InlineData("name: main }", "name: main, organizations: [org1] }", "$.channels[0].organizations", "change-not-supported")]
    [InlineData("image: asset", "image: other", "$.chaincodes[0].sequence", "sequence-not-next")]
    [InlineData("image: asset", "image: asset, sequence: 3", "$.chaincodes[0].sequence", "sequence-not-next")]
    public void Between_UnsupportedChange_NamesIt(string part, string other, string path, string code)
    {
        var plan = NetworkPlan.Between(Network, TestSpecs.With(part, other));

        Assert.Equal([(path, code)], plan.Violations.Select(violation => (violation.Path, violation.Code)));
        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public void Between_TakenAway_NamesEach()
    {
        var wanted = Network with { Organizations = [Network.Organizations[0]], Channels = [], Chaincodes = [] };

        Assert.Equal(["$.organizations", "$.channels", "$.chaincodes"], NetworkPlan.Between(Network, wanted).Violations.Select(violation => violation.Path));
    }

    private static string Line(PlanPhase phase) => $"{phase.Name}: {string.Join(", ", phase.Changes.Select(change => change.Subject))}";
}
