using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Judgement;

/// <summary>Judges one channel: whether it orders, and how much it can lose. Pure.</summary>
internal static class ChannelJudge
{
    /// <summary>The height of the channel's highest node; null when none could be asked.</summary>
    public static ulong? HeightOf(NetworkObservation seen, ChannelName channel) =>
        seen.Nodes.SelectMany(node => node.Channels).Where(one => one.Channel == channel).Max(one => one.Height);

    /// <summary>How many orderers have to take part.</summary>
    /// <remarks>Raft needs more than half; BFT with n = 3f + 1 needs the next whole number from (n + f + 1) / 2.</remarks>
    public static int QuorumOf(Consensus consensus, int orderers) => consensus == Consensus.Bft ? BftSizes.Quorum(orderers) : (orderers / 2) + 1;

    /// <summary>The judgement.</summary>
    /// <param name="seen">What was seen of the network.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="height">The height of its highest node.</param>
    public static ChannelHealth Judge(NetworkObservation seen, ChannelName channel, ulong? height)
    {
        var orderers = seen.Nodes.Where(node => node.Role == NodeRole.Orderer).Select(node => (Node: node, Seen: node.Channels.FirstOrDefault(one => one.Channel == channel))).ToList();
        var quorum = QuorumOf(seen.Spec.Ordering.Consensus, orderers.Count);
        var active = orderers.Count(orderer => orderer.Seen?.IsActive == true);
        var unknown = orderers.Count(orderer => IsUnknown(orderer.Node, orderer.Seen));
        var leaders = orderers.Where(orderer => orderer.Seen?.IsLeader == true).Select(orderer => NodeJudge.NameOf(orderer.Node)).ToList();
        var knows = orderers.Select(orderer => orderer.Seen?.KnowsLeader).OfType<bool>().ToList();
        IReadOnlyList<Finding> findings = [.. Findings(channel.Value, orderers.Count, active, unknown, quorum, leaders, knows, seen.Spec.Ordering.Consensus)];
        return new ChannelHealth
        {
            Channel = channel,
            State = findings.Select(finding => finding.State).DefaultIfEmpty().Max(),
            Findings = findings,
            Height = height,
            Leader = leaders.Count == 1 ? leaders[0] : null,
            Orderers = orderers.Count,
            ActiveOrderers = active,
            Quorum = quorum,
        };
    }

    // A node whose pod does not run is known not to take part, although nobody could ask it.
    private static bool IsUnknown(NodeObservation node, ChannelObservation? seen) =>
        seen?.IsActive is null && (node.ClusterFailure is not null || node.Pod is { IsReady: true });

    private static IEnumerable<Finding> Findings(
        string channel, int orderers, int active, int unknown, int quorum, List<string> leaders, List<bool> knows, Consensus consensus)
    {
        if (active + unknown < quorum)
        {
            yield return new Finding(FindingCodes.QuorumLost, HealthState.Down, channel, $"{active} of {orderers} orderers take part, {quorum} have to");
        }
        else if (active < quorum)
        {
            yield return new Finding(FindingCodes.QuorumAtRisk, HealthState.Unknown, channel, $"{active} of {orderers} orderers are known to take part, {unknown} could not be asked, {quorum} have to");
        }
        else if (knows.Count > 0 && !knows.Contains(true))
        {
            yield return new Finding(FindingCodes.NoLeader, HealthState.Down, channel, "no orderer knows a leader");
        }
        else if (leaders.Count > 1 && consensus == Consensus.Raft)
        {
            yield return new Finding(FindingCodes.TwoLeaders, HealthState.Degraded, channel, $"{string.Join(" and ", leaders)} say that they lead");
        }
        else if (active == quorum && orderers > quorum)
        {
            yield return new Finding(FindingCodes.QuorumAtRisk, HealthState.Degraded, channel, $"{active} of {orderers} orderers take part: the loss of one more stops it");
        }
    }
}
