using Baas.Core.Health;
using Baas.Core.Health.Healing;
using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Health;

public sealed class HealingPlanTests
{
    private const string Peer = "peer-2.org1";
    private static readonly TimeSpan RestartAfter = TimeSpan.FromMinutes(2);

    [Fact]
    public void Decide_AllWell_DoesNothing() => Assert.Empty(Decide(Seen.Well()));

    [Fact]
    public void Decide_NodeDownForLong_IsRestarted()
    {
        var act = Assert.Single(Decide(Seen.Well().With(Peer, node => node.Dead())));

        Assert.Equal((HealingKind.Restart, "peer-2", "uid-1"), (act.Kind, act.Node?.Value, act.PodUid));
    }

    [Fact]
    public void Decide_NodeDownForAMoment_IsLeftAlone() => Assert.Empty(Decide(Seen.Well().With(Peer, node => node.Dead()), downFor: TimeSpan.FromMinutes(1)));

    [Fact]
    public void Decide_NodeNotToBeReached_IsLeftAlone() => Assert.Empty(Decide(Seen.Well().With(Peer, node => node with { CallFailure = "time-out" })));

    [Fact]
    public void Decide_TwoOrderersDown_OnlyOneIsRestarted()
    {
        var seen = Seen.Well().With("orderer-2.orderer", node => node.Dead()).With("orderer-3.orderer", node => node.Dead());

        Assert.Equal("orderer-2", Assert.Single(Decide(seen)).Node?.Value);
    }

    [Fact]
    public void Decide_AlreadyTried_WaitsLongerEachTime()
    {
        var seen = Seen.Well().With(Peer, node => node.Dead());

        Assert.Empty(Decide(seen, new HealingTry(HealingKind.Restart, Peer, 1, Seen.Now.AddMinutes(-2))));
        Assert.Single(Decide(seen, new HealingTry(HealingKind.Restart, Peer, 1, Seen.Now.AddMinutes(-4))));
        Assert.Empty(Decide(seen, new HealingTry(HealingKind.Restart, Peer, 3, Seen.Now.AddMinutes(-20))));
    }

    [Fact]
    public void Decide_DriftedSetOfARunningOrderer_WaitsWhileAnotherIsDown()
    {
        var drifted = Seen.Well() with { Objects = [Drift(Seen.Ordering, "orderer-1")] };

        Assert.Equal(HealingKind.Reapply, Assert.Single(Decide(drifted)).Kind);
        Assert.DoesNotContain(Decide(drifted.With("orderer-2.orderer", node => node.Dead())), act => act.Node?.Value == "orderer-1");
    }

    [Fact]
    public void Decide_DriftedSetsOfAllOrderers_OneAfterTheOther()
    {
        var drifted = Seen.Well() with { Objects = [Drift(Seen.Ordering, "orderer-1"), Drift(Seen.Ordering, "orderer-2"), Drift(Seen.Ordering, "orderer-3")] };

        Assert.Single(Decide(drifted));
    }

    [Fact]
    public void Decide_DriftOfTheOnlyOrderer_WaitsForAPerson() => Assert.Empty(Decide(Seen.Well(orderers: 1) with { Objects = [Drift(Seen.Ordering, "orderer-1")] }));

    [Fact]
    public void Decide_DriftOfAPeer_IsAppliedWhileAnotherIsWell()
    {
        var drifted = Seen.Well() with { Objects = [Drift(Seen.Org1, "peer-1")] };

        Assert.Equal("peer-1", Assert.Single(Decide(drifted)).Node?.Value);
        Assert.DoesNotContain(Decide(drifted.With(Peer, node => node.Dead())), act => act.Node?.Value == "peer-1");
    }

    [Fact]
    public void Decide_MissingServices_AreAllPutBackAtOnce()
    {
        ObjectObservation Service(string node) => Drift(Seen.Ordering, node) with { RestartsPod = false, Code = FindingCodes.ObjectMissing };

        Assert.Equal(2, Decide(Seen.Well() with { Objects = [Service("orderer-1"), Service("orderer-2")] }).Count);
    }

    [Fact]
    public void Decide_PeerWithoutItsChannel_JoinsAgain()
    {
        var act = Assert.Single(Decide(Seen.Well().With(Peer, node => node.On(channel => channel with { IsMember = false, Height = null }))));

        Assert.Equal((HealingKind.Rejoin, Seen.Main), (act.Kind, act.Channel));
    }

    [Fact]
    public void Decide_OrdererWithoutItsChannel_NeverJoinsAgain() =>
        Assert.Empty(Decide(Seen.Well().With("orderer-2.orderer", node => node.On(channel => channel with { IsMember = false, Height = null, IsActive = false }))));

    [Theory]
    [InlineData(FindingCodes.NamespaceMissing)]
    [InlineData(FindingCodes.NamespaceForeign)]
    public void Decide_NamespaceGoneOrForeign_DoesNothing(string code)
    {
        var seen = Seen.Well().With(Peer, node => node.Dead());

        Assert.Empty(Decide(seen with { Objects = [Drift(Seen.Org1, "peer-2") with { Node = null, Code = code }] }));
    }

    [Fact]
    public void Decide_ClusterDoesNotAnswer_DoesNothing() =>
        Assert.Empty(Decide(Seen.Well().With(Peer, node => node.Dead()) with { ClusterFailures = new Dictionary<string, string> { ["default"] = "no answer" } }));

    private static ObjectObservation Drift(OrganizationName organization, string node) => new()
    {
        Name = $"StatefulSet {node}",
        Organization = organization,
        Node = NodeName.Parse(node),
        Code = FindingCodes.ObjectDrifted,
        Detail = "spec.replicas is 0, not 1",
        RestartsPod = true,
    };

    private static IReadOnlyList<HealingAct> Decide(NetworkObservation seen, params HealingTry[] tries) => Decide(seen, TimeSpan.FromMinutes(5), tries);

    private static IReadOnlyList<HealingAct> Decide(NetworkObservation seen, TimeSpan downFor, params HealingTry[] tries)
    {
        var health = HealthJudge.Judge(seen, null, Seen.Now);
        health = health with { Tries = tries, Nodes = [.. health.Nodes.Select(node => node with { Since = Seen.Now - downFor })] };
        return new HealingPlan(seen, health, RestartAfter, Seen.Now).Decide();
    }
}
