using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;

namespace Baas.Core.Operations.Upgrades;

/// <summary>Judges whether a network can be upgraded now, from what is on record of it. Pure. The gates between the nodes look at the nodes themselves.</summary>
internal static class UpgradePreflight
{
    /// <summary>What stands in the way, and what should be known.</summary>
    /// <param name="network">The network.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="health">How it was found last; null when nobody has looked yet.</param>
    /// <param name="backups">Its backups that are whole, and in which no fault was found.</param>
    /// <param name="options">What counts as old.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<UpgradeFinding> Of(
        NetworkRecord network, UpgradeRequest request, NetworkHealth? health, IReadOnlyList<BackupRecord> backups, UpgradeOptions options, DateTimeOffset now) =>
    [
        .. Capabilities(network.Spec, request),
        .. Path(network, request),
        .. State(network),
        .. Nodes(health, options, now),
        .. Backup(backups, request, options, now),
        .. Spares(network.Spec),
    ];

    private static IEnumerable<UpgradeFinding> Capabilities(NetworkSpec spec, UpgradeRequest request)
    {
        foreach (var lack in spec.Channels.Select(channel => FabricUpgrades.LacksCapability(channel, spec.FabricVersion, request.FabricVersion)).OfType<string>())
        {
            yield return new("capability-above-version", true, lack);
        }

        foreach (var unknown in request.CapabilitiesOf.Except(spec.Channels.Select(channel => channel.Name)))
        {
            yield return new("channel-not-found", true, $"there is no channel {unknown} whose capabilities could be raised");
        }
    }

    private static IEnumerable<UpgradeFinding> Path(NetworkRecord network, UpgradeRequest request)
    {
        var to = request.FabricVersion;

        // Of a half-way upgrade the newest version counts: nodes do not go back.
        var from = network.NodeVersions.Values.Append(network.Spec.FabricVersion).MaxBy(version => Version.Parse(version.Value));
        var isThere = from == to && (network.NodeVersions.Count > 0 || request.Raised(network.Spec).Count > 0);
        if (!isThere && FabricUpgrades.RefusalOf(from, to) is { } refusal)
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

        foreach (var node in health.Nodes.Where(node => node.VolumePercent >= options.VolumeLimit))
        {
            yield return new("volume-full", true, $"the volume of {node.Node}.{node.Organization} is {node.VolumePercent} % full: a node that runs out of room while it starts can damage its ledger");
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

    private static IEnumerable<UpgradeFinding> Backup(IReadOnlyList<BackupRecord> backups, UpgradeRequest request, UpgradeOptions options, DateTimeOffset now)
    {
        var isRequired = request.RequireBackup is not null;
        var limit = request.RequireBackup?.ToTimeSpan() ?? options.BackupAge;
        var counting = isRequired ? [.. backups.Where(backup => backup.VerifiedAt is not null)] : backups;
        if (counting.MaxBy(backup => backup.CreatedAt) is { } last)
        {
            if (now - last.CreatedAt > limit)
            {
                yield return new("backup-old", isRequired, $"the last good backup{(isRequired ? " that was verified" : "")} is of {last.CreatedAt:u}");
            }
        }
        else
        {
            yield return backups.Count > 0
                ? new("backup-not-verified", true, "no good backup of the network has been read back and checked")
                : new("backup-missing", isRequired, "there is no good backup of the network");
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
