namespace Baas.Core.Networks.Validation;

/// <summary>The Fabric version, and what depends on it.</summary>
internal static class VersionRules
{
    /// <summary>Checks the version, the consensus protocol and the channels' capabilities.</summary>
    public static void Check(NetworkSpec spec, NetworkSpec? recorded, Findings findings)
    {
        if (FabricReleases.Find(spec.FabricVersion) is not { } release)
        {
            var known = string.Join(", ", FabricReleases.All.Select(line => line.Line));
            findings.Add("$.fabricVersion", "unknown-fabric-version", $"Fabric {spec.FabricVersion} is not known; known lines are {known}");
            return;
        }

        findings.Require(
            release.IsProvisioned || recorded is not null,
            "$.fabricVersion",
            "fabric-version-not-provisioned",
            $"new networks are not made of Fabric {release.Line}; networks that have it are looked after");
        findings.Require(
            release.Consensus.Contains(spec.Ordering.Consensus),
            "$.ordering.consensus",
            "consensus-not-available",
            $"Fabric {release.Line} has no {Word(spec.Ordering.Consensus)} consensus");

        for (var index = 0; index < spec.Channels.Count; index++)
        {
            CheckCapabilities(spec.Channels[index], $"$.channels[{index}].capabilities", release, spec.Ordering.Consensus, findings);
        }

        KeyRules.Check(spec, release, findings);
    }

    private static void CheckCapabilities(ChannelSpec channel, string path, FabricRelease release, Consensus consensus, Findings findings)
    {
        var levels = channel.Capabilities ?? release.DefaultCapabilities;
        CheckLevel(levels.Channel, release.ChannelLevels, $"{path}.channel", release, findings);
        CheckLevel(levels.Orderer, release.OrdererLevels, $"{path}.orderer", release, findings);
        CheckLevel(levels.Application, release.ApplicationLevels, $"{path}.application", release, findings);
        findings.Require(
            consensus != Consensus.Bft || levels.Channel == FabricReleases.ChannelLevel3 || !release.Consensus.Contains(Consensus.Bft),
            $"{path}.channel",
            "bft-needs-capability",
            $"bft consensus needs the channel capability {FabricReleases.ChannelLevel3}, not {levels.Channel}");
    }

    private static void CheckLevel(string level, IReadOnlyList<string> allowed, string path, FabricRelease release, Findings findings) =>
        findings.Require(
            allowed.Contains(level),
            path,
            "capability-not-available",
            $"{level} is no level for Fabric {release.Line}; it takes {string.Join(", ", allowed)}");

    private static string Word(Consensus consensus) => consensus == Consensus.Bft ? "bft" : "raft";
}
