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
    /// <param name="renewal">The last renewal of certificates, when it has failed.</param>
    public static NetworkHealth Judge(NetworkObservation seen, BackupFacts? backup, DateTimeOffset now, RenewalFacts? renewal = null)
    {
        var heights = seen.Spec.Channels.ToDictionary(channel => channel.Name, channel => ChannelJudge.HeightOf(seen, channel.Name));
        IReadOnlyList<NodeHealth> nodes = [.. seen.Nodes.Select(node => NodeJudge.Judge(node, heights, now))];
        IReadOnlyList<ChannelHealth> channels = [.. seen.Spec.Channels.Select(channel => ChannelJudge.Judge(seen, channel.Name, heights[channel.Name]))];
        IReadOnlyList<Finding> findings =
        [
            .. seen.ClusterFailures.Select(cluster => new Finding(FindingCodes.ClusterUnreachable, HealthState.Unknown, cluster.Key, cluster.Value)),
            .. seen.Objects.Select(one => new Finding(one.Code, StateOf(one), one.Name, one.Detail)),
            .. seen.Incomplete.Select(missing => new Finding(FindingCodes.RecordIncomplete, HealthState.Degraded, seen.Network.Network.Value, missing)),
            .. CertificateJudge.Judge(seen.Certificates, now),
            .. CertificateJudge.Judge(seen.Network.Network.Value, renewal),
            .. BackupJudge.Judge(seen.Network.Network.Value, backup, now),
        ];
        return new NetworkHealth
        {
            Network = seen.Network,
            State = StateOf(seen, nodes, channels, findings),
            CheckedAt = now,
            Findings = findings,
            Nodes = nodes,
            Channels = channels,
            LastBackup = backup?.LastGood,
        };
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
