using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Records;

namespace Baas.Core.Operations.Upgrades;

/// <summary>Judges whether a network can be upgraded now, from what is on record of it. Pure. The gates between the nodes look at the nodes themselves.</summary>
internal static class UpgradePreflight
{
    /// <summary>What stands in the way, and what should be known.</summary>
    /// <param name="network">The network.</param>
    /// <param name="to">The version that is wanted.</param>
    /// <param name="health">How it was found last; null when nobody has looked yet.</param>
    /// <param name="backup">When its last good backup was made; null when there is none.</param>
    /// <param name="options">What counts as old.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<UpgradeFinding> Of(NetworkRecord network, FabricVersion to, NetworkHealth? health, DateTimeOffset? backup, UpgradeOptions options, DateTimeOffset now) =>
    [
        .. Path(network, to),
        .. State(network),
        .. Nodes(health, options, now),
        .. Backup(backup, options, now),
        .. Spares(network.Spec),
    ];

    private static IEnumerable<UpgradeFinding> Path(NetworkRecord network, FabricVersion to)
    {
        // Of a half-way upgrade the newest version counts: nodes do not go back.
        var from = network.NodeVersions.Values.Append(network.Spec.FabricVersion).MaxBy(version => Version.Parse(version.Value));
        var isUnfinished = network.NodeVersions.Count > 0 && from == to;
        if (!isUnfinished && FabricUpgrades.RefusalOf(from, to) is { } refusal)
        {
            yield return new("path-not-supported", true, refusal);
        }

        if (network.NodeVersions.Count > 0)
        {
            yield return new("upgrade-unfinished", false, $"an earlier upgrade has not ended well: {string.Join(", ", network.NodeVersions.Select(one => $"{one.Key} runs {one.Value}"))}");
        }
    }

    private static IEnumerable<UpgradeFinding> State(NetworkRecord network)
    {
        if (network.State != NetworkState.Ready)
        {
            yield return new("network-not-ready", true, $"the network is {network.State.ToString().ToLowerInvariant()}");
        }
        else if (network.ActiveOperation is { } operation)
        {
            yield return new("network-busy", true, $"operation {operation} is under way");
        }
    }

    private static IEnumerable<UpgradeFinding> Nodes(NetworkHealth? health, UpgradeOptions options, DateTimeOffset now)
    {
        if (health is null || now - health.CheckedAt > options.HealthAge)
        {
            yield return new("health-not-known", false, "nobody has looked at the network's health lately; each node is looked at before the next one is touched");
            yield break;
        }

        foreach (var node in health.Nodes.Where(node => node.IsReady == false))
        {
            yield return new("node-not-ready", true, $"{node.Node}.{node.Organization} is not ready: {ReasonIn(node.Findings)}");
        }

        foreach (var channel in health.Channels.Where(channel => channel.State == HealthState.Down))
        {
            yield return new("channel-down", true, $"channel {channel.Channel} is down: {ReasonIn(channel.Findings)}");
        }

        foreach (var finding in health.AllFindings.Where(finding => finding.State == HealthState.Degraded))
        {
            yield return new("network-degraded", false, $"{finding.Subject}: {finding.Detail}");
        }
    }

    private static string ReasonIn(IReadOnlyList<Finding> findings) => findings is [{ Detail: var reason }, ..] ? reason : "no reason is known";

    private static IEnumerable<UpgradeFinding> Backup(DateTimeOffset? backup, UpgradeOptions options, DateTimeOffset now)
    {
        if (backup is null)
        {
            yield return new("backup-missing", false, "there is no good backup of the network");
        }
        else if (now - backup > options.BackupAge)
        {
            yield return new("backup-old", false, $"the last good backup is of {backup:u}");
        }
    }

    private static IEnumerable<UpgradeFinding> Spares(NetworkSpec spec)
    {
        if (spec.Ordering.Nodes == 1)
        {
            yield return new("orderer-alone", false, "there is one orderer: nothing is ordered while it restarts");
        }
        else if (spec.Ordering.Nodes < Least(spec.Ordering.Consensus))
        {
            yield return new("orderers-without-spare", false, $"with {spec.Ordering.Nodes} orderers there is no quorum while one restarts");
        }

        foreach (var organization in spec.Organizations.Where(organization => organization.Peers == 1))
        {
            yield return new("peer-alone", false, $"organization {organization.Name} has one peer: it endorses nothing while that one restarts");
        }
    }

    // Of how many one may be away.
    private static int Least(Consensus consensus) => consensus == Consensus.Bft ? 4 : 3;
}
