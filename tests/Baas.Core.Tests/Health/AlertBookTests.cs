using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Health;

public sealed class AlertBookTests
{
    private const string Peer = "peer-2.org1";

    [Fact]
    public void Next_ConditionHolds_FiresAfterItsTimeAndOnce()
    {
        var down = Seen.Well().With(Peer, node => node.Dead());

        var (first, told) = Next([], down, 0);
        Assert.Empty(told);
        Assert.Equal(AlertState.Pending, Assert.Single(first).State);
        var (second, toldLater) = Next(first, down, 2);
        Assert.Equal((FindingCodes.PodNotReady, AlertState.Firing), (Assert.Single(toldLater).Rule, toldLater[0].State));
        Assert.Empty(Next(second, down, 3).Changed);
    }

    [Fact]
    public void Next_ConditionPassesBeforeItsTime_NothingIsTold()
    {
        var (pending, _) = Next([], Seen.Well().With(Peer, node => node.Dead()), 0);

        var (alerts, changed) = Next(pending, Seen.Well(), 1);

        Assert.Empty(alerts);
        Assert.Empty(changed);
    }

    [Fact]
    public void Next_ConditionPasses_IsToldAsResolvedOnce()
    {
        var firing = Firing();

        var (alerts, changed) = Next(firing, Seen.Well(), 4);

        Assert.Empty(alerts);
        Assert.Equal(AlertState.Resolved, Assert.Single(changed).State);
    }

    [Fact]
    public void Next_NodeCannotBeAskedAnyMore_AlertStays()
    {
        var blind = Seen.Well().With(Peer, node => node.Dead() with { ClusterFailure = "no answer", Pod = null });

        var (alerts, changed) = Next(Firing(), blind, 4);

        Assert.Contains(alerts, alert => alert is { Rule: FindingCodes.PodNotReady, State: AlertState.Firing });
        Assert.DoesNotContain(changed, alert => alert.State == AlertState.Resolved);
    }

    [Fact]
    public void Next_OperationHoldsTheNetwork_WhatItExplainsWaits()
    {
        var down = Seen.Well().With(Peer, node => node.Dead());
        var health = HealthJudge.Judge(down, null, Seen.Now) with { Operation = OperationId.Parse("op-0123456789") };
        var (pending, _) = AlertBook.Next([], health, Seen.Now);

        Assert.Empty(AlertBook.Next(pending, health, Seen.Now.AddMinutes(10)).Changed);
        Assert.Single(Next(pending, down, 11).Changed);
    }

    private static IReadOnlyList<Alert> Firing()
    {
        var down = Seen.Well().With(Peer, node => node.Dead());
        return Next(Next([], down, 0).Alerts, down, 3).Alerts;
    }

    private static (IReadOnlyList<Alert> Alerts, IReadOnlyList<Alert> Changed) Next(IReadOnlyList<Alert> former, NetworkObservation seen, int minutes) =>
        AlertBook.Next(former, HealthJudge.Judge(seen, null, Seen.Now.AddMinutes(minutes)), Seen.Now.AddMinutes(minutes));
}
