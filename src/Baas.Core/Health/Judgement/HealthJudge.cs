using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Judgement;

/// <summary>Judges what was seen of a network. Pure: the same observation gives the same judgement.</summary>
internal static class HealthJudge
{
    /// <summary>The judgement; since when, alerts and what was tried before are added from the record of the sweep before.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="backup">What is known of backups; null when there are none.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="former">What the look before has left; null for the first.</param>
    /// <param name="other">What was found of the network elsewhere than in its cluster; null for nothing.</param>
    public static NetworkHealth Judge(
        NetworkObservation seen, BackupFacts? backup, DateTimeOffset now, IReadOnlyList<ChannelTrend>? former = null, IReadOnlyList<Finding>? other = null)
    {
        var heights = seen.Spec.Channels.ToDictionary(channel => channel.Name, channel => ChannelJudge.HeightOf(seen, channel.Name));
        IReadOnlyList<NodeHealth> nodes = [.. seen.Nodes.Select(node => NodeJudge.Judge(node, heights, now))];
        var judged = seen.Spec.Channels.Select(channel => JudgeChannel(seen, channel.Name, heights[channel.Name], former, now)).ToList();
        IReadOnlyList<ChannelHealth> channels = [.. judged.Select(channel => channel.Health)];
        IReadOnlyList<Finding> findings =
        [
            .. seen.ClusterFailures.Select(cluster => new Finding(FindingCodes.ClusterUnreachable, HealthState.Unknown, cluster.Key, cluster.Value)),
            .. seen.Objects.Select(one => new Finding(one.Code, StateOf(one), one.Name, one.Detail)),
            .. seen.Incomplete.Select(missing => new Finding(FindingCodes.RecordIncomplete, HealthState.Degraded, seen.Network.Network.Value, missing)),
            .. CertificateJudge.Judge(seen.Certificates, now),
            .. VersionJudge.Judge(seen),
            .. BackupJudge.Judge(seen.Network.Network.Value, backup, now),
            .. other ?? [],
        ];
        return new NetworkHealth
        {
            Network = seen.Network,
            State = StateOf(seen, nodes, channels, findings),
            CheckedAt = now,
            Findings = findings,
            Nodes = nodes,
            Channels = channels,
            Trends = [.. judged.Select(channel => channel.Trend)],
            LastBackup = backup?.LastGood,
        };
    }

    private static (ChannelHealth Health, ChannelTrend Trend) JudgeChannel(NetworkObservation seen, ChannelName channel, ulong? height, IReadOnlyList<ChannelTrend>? former, DateTimeOffset now)
    {
        var health = ChannelJudge.Judge(seen, channel, height);
        var (trend, findings) = TrendJudge.Judge(former?.FirstOrDefault(one => one.Channel == channel), seen, channel, health.Leader, now);
        IReadOnlyList<Finding> all = [.. health.Findings, .. findings];
        return (health with { Findings = all, State = all.Select(finding => finding.State).DefaultIfEmpty().Max() }, trend);
    }

    // A network works as long as its channels order and each organization has a peer: the loss of one node only degrades it.
    private static HealthState StateOf(NetworkObservation seen, IReadOnlyList<NodeHealth> nodes, IReadOnlyList<ChannelHealth> channels, IReadOnlyList<Finding> findings)
    {
        var groups = nodes.Where(node => node.Role is NodeRole.Orderer or NodeRole.Peer).GroupBy(node => node.Organization).ToList();
        var isDown = groups.Any(group => group.All(node => node.State == HealthState.Down)) || channels.Any(channel => channel.State == HealthState.Down)
            || findings.Any(finding => finding.State == HealthState.Down);
        if (isDown)
        {
            return HealthState.Down;
        }

        var worst = nodes.Select(node => node.State).Concat(channels.Select(channel => channel.State)).Concat(findings.Select(finding => finding.State)).DefaultIfEmpty().Max();
        var isBlind = seen.Nodes.Count > 0 && nodes.All(node => node.State == HealthState.Unknown);
        if (isBlind)
        {
            return HealthState.Unknown;
        }

        return worst == HealthState.Down ? HealthState.Degraded : worst;
    }

    private static HealthState StateOf(ObjectObservation seen) => seen.Code == FindingCodes.NamespaceMissing ? HealthState.Down : HealthState.Degraded;
}
