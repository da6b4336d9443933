using Baas.Core.Health;
using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Health;

/// <summary>What only several looks can tell.</summary>
public sealed class TrendJudgeTests
{
    private const string Orderer = "orderer-1.orderer";
    private const string Peer = "peer-1.org1";

    [Fact]
    public void Judge_LeaderChangesOften_IsUnstableUntilTheWindowHasPassed()
    {
        var looks = Look([Counted(10), Counted(12), Counted(13), Counted(14)]);

        Assert.Equal([false, false, false, true], looks.Select(look => Has(look, FindingCodes.LeaderUnstable)));
        Assert.Equal(HealthState.Degraded, looks[^1].Channels[0].State);
        Assert.False(Has(HealthJudge.Judge(Counted(14), null, Seen.Now.AddMinutes(20), looks[^1].Trends), FindingCodes.LeaderUnstable));
    }

    [Fact]
    public void Judge_OrdererStartedAnew_CountsFromNothing() => Assert.All(Look([Counted(90), Counted(1), Counted(2)]), look => Assert.False(Has(look, FindingCodes.LeaderUnstable)));

    [Fact]
    public void Judge_OrderersDoNotCount_WhoLeadsIsCompared()
    {
        var looks = Look([LedBy(1), LedBy(2), LedBy(1), LedBy(null), LedBy(1), LedBy(3), LedBy(2)]);

        Assert.Equal([false, false, false, false, false, false, true], looks.Select(look => Has(look, FindingCodes.LeaderUnstable)));
    }

    [Theory]
    [InlineData(100, 4, false)] // few
    [InlineData(100, 5, false)] // 5 of 105
    [InlineData(94, 6, true)]
    [InlineData(0, 5, true)]
    public void Judge_InvalidTransactions_AreMeasuredAgainstAll(long valid, long invalid, bool found)
    {
        var looks = Look([Committed(1000, 300), Committed(1000 + valid, 300 + invalid)]);

        Assert.Equal([false, found], looks.Select(look => Has(look, FindingCodes.TransactionsInvalid)));
        Assert.Equal(HealthState.Healthy, looks[1].State); // the network works: it is its clients that collide
    }

    [Fact]
    public void Judge_PeerThatWasNotSeenMeanwhile_IsComparedWithTheLookBefore()
    {
        var looks = Look([Committed(10, 0), Seen.Well(), Committed(10, 20), Committed(10, 20)]);

        Assert.Equal([false, false, true, false], looks.Select(look => Has(look, FindingCodes.TransactionsInvalid)));
    }

    [Fact]
    public void Judge_PeerStartedAnew_IsPassedOver() => Assert.All(Look([Committed(500, 100), Committed(0, 50)]), look => Assert.False(Has(look, FindingCodes.TransactionsInvalid)));

    [Fact]
    public void Judge_SeveralVersions_AreTold()
    {
        var same = Seen.Well() with { Nodes = [.. Seen.Well().Nodes.Select(node => node with { Version = "3.1.5" })] };
        var mixed = same.With(Orderer, node => node with { Version = "3.1.1" });

        Assert.False(Has(HealthJudge.Judge(same, null, Seen.Now), FindingCodes.VersionSkew));
        var finding = Assert.Single(HealthJudge.Judge(mixed, null, Seen.Now).AllFindings);
        Assert.Equal((FindingCodes.VersionSkew, "net"), (finding.Code, finding.Subject));
        Assert.Contains("3.1.1 on orderer-1.orderer;", finding.Detail, StringComparison.Ordinal);
    }

    private static NetworkObservation Counted(long changes) => Seen.Well().With(Orderer, node => node.On(channel => channel with { LeaderChanges = changes }));

    private static NetworkObservation Committed(long valid, long invalid) => Seen.Well().With(Peer, node => node.On(channel => channel with { Transactions = new TransactionCounts(valid, invalid) }));

    private static NetworkObservation LedBy(int? number)
    {
        var seen = Seen.Well();
        return seen with { Nodes = [.. seen.Nodes.Select(node => node.Role == NodeRole.Orderer ? node.On(channel => channel with { IsLeader = node.Node.Node.Value == $"orderer-{number}" }) : node)] };
    }

    // A look each minute, each with what the one before has left.
    private static List<NetworkHealth> Look(IReadOnlyList<NetworkObservation> seen)
    {
        List<NetworkHealth> looks = [];
        foreach (var one in seen)
        {
            looks.Add(HealthJudge.Judge(one, null, Seen.Now.AddMinutes(looks.Count), looks.LastOrDefault()?.Trends));
        }

        return looks;
    }

    private static bool Has(NetworkHealth health, string code) => health.AllFindings.Any(finding => finding.Code == code);
}
