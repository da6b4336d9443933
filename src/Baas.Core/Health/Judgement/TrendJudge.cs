using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Judgement;

/// <summary>Judges what only several looks can tell of a channel. Pure.</summary>
internal static class TrendJudge
{
    private const int TolerableElections = 3;
    private const int FewInvalid = 5;
    private const int TolerableInvalidPercent = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>What is kept for the next look, and what stands out.</summary>
    /// <param name="former">What the look before has left; null for the first.</param>
    /// <param name="seen">What was seen of the network.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="leader">The orderer that leads it; null when that is not known.</param>
    /// <param name="now">The time of the look.</param>
    public static (ChannelTrend Trend, IReadOnlyList<Finding> Findings) Judge(ChannelTrend? former, NetworkObservation seen, ChannelName channel, string? leader, DateTimeOffset now)
    {
        former ??= new ChannelTrend { Channel = channel };
        var answers = seen.Nodes.Select(node => (Name: NodeJudge.NameOf(node), Seen: node.Channels.FirstOrDefault(one => one.Channel == channel))).ToList();
        Dictionary<string, long> changes = new(former.LeaderChanges, StringComparer.Ordinal);
        Dictionary<string, TransactionCounts> transactions = new(former.Transactions, StringComparer.Ordinal);
        foreach (var (name, answer) in answers)
        {
            if (answer?.LeaderChanges is { } count)
            {
                changes[name] = count;
            }

            if (answer?.Transactions is { } counts)
            {
                transactions[name] = counts;
            }
        }

        var elections = Math.Min(ElectionsSince(former, changes, leader), TolerableElections + 1);
        var trend = new ChannelTrend
        {
            Channel = channel,
            Leader = leader ?? former.Leader,
            LeaderChanges = changes,
            Elections = [.. former.Elections.Where(at => now - at < Window), .. Enumerable.Repeat(now, (int)elections)],
            Transactions = transactions,
        };
        return (trend, [.. Findings(former, trend)]);
    }

    private static IEnumerable<Finding> Findings(ChannelTrend former, ChannelTrend trend)
    {
        if (trend.Elections.Count > TolerableElections)
        {
            yield return new Finding(
                FindingCodes.LeaderUnstable, HealthState.Degraded, trend.Channel.Value, $"its leader has changed more than {TolerableElections} times within {Window.TotalMinutes:0} minutes");
        }

        var (valid, invalid) = CommittedSince(former, trend);
        if (invalid >= FewInvalid && invalid * 100 > (valid + invalid) * TolerableInvalidPercent)
        {
            yield return new Finding(
                FindingCodes.TransactionsInvalid, HealthState.Healthy, trend.Channel.Value, $"{invalid} of {valid + invalid} transactions since the look before are invalid");
        }
    }

    // The orderer that counted most: the others were away for a while. Without counters what is left is that somebody else leads than before.
    private static long ElectionsSince(ChannelTrend former, Dictionary<string, long> changes, string? leader)
    {
        var counted = changes.Where(one => former.LeaderChanges.ContainsKey(one.Key)).Select(one => Math.Max(0, one.Value - former.LeaderChanges[one.Key])).ToList();
        var isOther = leader is not null && former.Leader is not null && leader != former.Leader;
        return counted.Count > 0 ? counted.Max() : isOther ? 1 : 0;
    }

    // The peer that committed most; one that was started anew counts from nothing and is passed over.
    private static TransactionCounts CommittedSince(ChannelTrend former, ChannelTrend trend) => trend.Transactions
        .Where(one => former.Transactions.ContainsKey(one.Key))
        .Select(one => new TransactionCounts(one.Value.Valid - former.Transactions[one.Key].Valid, one.Value.Invalid - former.Transactions[one.Key].Invalid))
        .Where(growth => growth is { Valid: >= 0, Invalid: >= 0 })
        .MaxBy(growth => growth.Valid + growth.Invalid) ?? new TransactionCounts(0, 0);
}
