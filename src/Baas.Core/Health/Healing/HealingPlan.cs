using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Healing;

/// <summary>Decides what is healed now. Pure; the rules are those of docs/health.md.</summary>
/// <param name="seen">What this sweep has seen.</param>
/// <param name="health">Its judgement, with since when each state lasts.</param>
/// <param name="restartAfter">How long a node has to be down before its pod is replaced.</param>
/// <param name="now">The time.</param>
internal sealed class HealingPlan(NetworkObservation seen, NetworkHealth health, TimeSpan restartAfter, DateTimeOffset now)
{
    private static readonly string[] Restartable =
        [FindingCodes.PodNotReady, FindingCodes.CrashLooping, FindingCodes.ConfigurationMissing, FindingCodes.ImageUnavailable];

    private readonly HashSet<string> _disturbed = new(StringComparer.Ordinal);

    /// <summary>The acts of now; at most one that starts a pod again for each group of nodes.</summary>
    public IReadOnlyList<HealingAct> Decide()
    {
        // Who is not seen is not touched: a network that looks wrong from behind a broken line may be well.
        if (seen.ClusterFailures.Count > 0 || seen.Objects.Any(one => one.Code is FindingCodes.NamespaceMissing or FindingCodes.NamespaceForeign))
        {
            return [];
        }

        return [.. Reapplied(), .. Restarted(), .. Rejoined()];
    }

    private IEnumerable<HealingAct> Reapplied()
    {
        var objects = seen.Objects.Where(one => one.Code is FindingCodes.ObjectMissing or FindingCodes.ObjectDrifted);
        foreach (var owner in objects.GroupBy(one => (one.Organization, one.Node)))
        {
            var act = new HealingAct(HealingKind.Reapply, owner.Key.Organization, owner.Key.Node, null, null, string.Join("; ", owner.Select(one => $"{one.Name}: {one.Detail}").Take(3)));
            var mayDisturb = !owner.Any(one => one.RestartsPod) || (owner.Key.Node is { } node && MayDisturb(owner.Key.Organization, node));
            if (IsDue(act) && mayDisturb)
            {
                yield return act;
            }
        }
    }

    private IEnumerable<HealingAct> Restarted()
    {
        foreach (var node in health.Nodes.Where(node => node.State == HealthState.Down && now - node.Since >= restartAfter))
        {
            var finding = node.Findings.FirstOrDefault(finding => Restartable.Contains(finding.Code));
            var uid = seen.Nodes.FirstOrDefault(one => NodeJudge.NameOf(one) == node.Name)?.Pod?.Uid;
            if (finding is null || uid is null || seen.Objects.Any(one => one.Node == node.Node && one.Organization == node.Organization))
            {
                continue; // nothing that a new pod could help, or its objects are put right first
            }

            var act = new HealingAct(HealingKind.Restart, node.Organization, node.Node, null, uid, finding.Detail);
            if (IsDue(act) && MayDisturb(node.Organization, node.Node))
            {
                yield return act;
            }
        }
    }

    // A peer begins with the first block and fetches the rest. An orderer that has lost its ledger must never come back under the same
    // name: its promises to the others are lost, too. That is told, not healed.
    private IEnumerable<HealingAct> Rejoined() =>
        from node in seen.Nodes
        where node.Role == NodeRole.Peer && node.Pod is { IsReady: true }
        from channel in node.Channels
        where channel.IsMember == false
        let act = new HealingAct(HealingKind.Rejoin, node.Node.Organization, node.Node.Node, channel.Channel, null, $"it is no member of channel {channel.Channel}")
        where IsDue(act)
        select act;

    private bool IsDue(HealingAct act) =>
        health.Tries.FirstOrDefault(one => one.Kind == act.Kind && one.Subject == act.Subject) is not { } former || former.IsDue(now);

    /// <summary>Whether a node may be started again: nothing else of its group is being disturbed or down, and the channels do not need it.</summary>
    private bool MayDisturb(OrganizationName organization, NodeName name)
    {
        var node = health.Nodes.FirstOrDefault(one => one.Organization == organization && one.Node == name);
        if (node is null || !_disturbed.Add(GroupOf(node)))
        {
            return false;
        }

        var others = health.Nodes.Where(one => GroupOf(one) == GroupOf(node) && one != node).ToList();
        return node.Role == NodeRole.Orderer ? MayDisturbOrderer(node, others) : node.State == HealthState.Down || MaySpare(others);
    }

    // A healthy node that is the only one of its group is never stopped: an outage now is worse than a field that differs.
    private static bool MaySpare(List<NodeHealth> others) =>
        others.Any(one => one.State is HealthState.Healthy or HealthState.Degraded) && others.All(one => one.State != HealthState.Down);

    private bool MayDisturbOrderer(NodeHealth node, List<NodeHealth> others)
    {
        // What does not run anyway cannot be missed, and may be what the quorum waits for.
        if (node.State == HealthState.Down)
        {
            return true;
        }

        var quorum = ChannelJudge.QuorumOf(seen.Spec.Ordering.Consensus, others.Count + 1);
        return others.All(one => one.State != HealthState.Down) && others.Count(one => one.State is HealthState.Healthy or HealthState.Degraded) >= quorum
            && health.Channels.All(channel => channel.State is HealthState.Healthy or HealthState.Degraded);
    }

    private static string GroupOf(NodeHealth node) => node.Role is NodeRole.Orderer ? "orderers" : $"{node.Role} {node.Organization}";
}
