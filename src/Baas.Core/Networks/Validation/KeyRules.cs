namespace Baas.Core.Networks.Validation;

/// <summary>Where Fabric takes Ed25519 identities: in channels with capability V3_0, but not of BFT orderers.</summary>
internal static class KeyRules
{
    /// <summary>Checks the kinds of keys against the version, the consensus protocol and the channels' capabilities.</summary>
    public static void Check(NetworkSpec spec, FabricRelease release, Findings findings)
    {
        CheckVersion(spec.Ordering.Ca, "$.ordering.ca", release, findings);
        for (var index = 0; index < spec.Organizations.Count; index++)
        {
            CheckVersion(spec.Organizations[index].Ca, $"$.organizations[{index}].ca", release, findings);
        }

        // Orderers read each other's identities as ECDSA (common/crypto/sanitize.go, orderer/common/cluster/util.go of 3.1).
        findings.Require(
            spec.Ordering.Consensus != Consensus.Bft || !IsEd25519(spec.Ordering.Ca),
            "$.ordering.ca.algorithm",
            "ed25519-bft-orderers",
            "orderers of bft consensus know each other by ECDSA identities only, not by Ed25519");

        if (release.ChannelLevels.Contains(FabricReleases.ChannelLevel3))
        {
            CheckChannels(spec, release, findings);
        }
    }

    private static void CheckVersion(CaSpec ca, string path, FabricRelease release, Findings findings) => findings.Require(
        !IsEd25519(ca) || release.ChannelLevels.Contains(FabricReleases.ChannelLevel3),
        $"{path}.algorithm",
        "ed25519-not-available",
        $"Fabric {release.Line} has no Ed25519 identities; they begin with Fabric 3");

    private static void CheckChannels(NetworkSpec spec, FabricRelease release, Findings findings)
    {
        for (var index = 0; index < spec.Channels.Count; index++)
        {
            var channel = spec.Channels[index];
            var level = (channel.Capabilities ?? release.DefaultCapabilities).Channel;
            var strange = spec.Organizations.Where(organization => channel.Organizations.Contains(organization.Name) && IsEd25519(organization.Ca)).Select(organization => organization.Name);
            strange = IsEd25519(spec.Ordering.Ca) ? strange.Prepend(spec.Ordering.Organization) : strange;
            findings.Require(
                level == FabricReleases.ChannelLevel3 || !strange.Any(),
                $"$.channels[{index}].capabilities.channel",
                "ed25519-needs-capability",
                $"the Ed25519 identities of {string.Join(", ", strange)} need the channel capability {FabricReleases.ChannelLevel3}, not {level}");
        }
    }

    private static bool IsEd25519(CaSpec ca) => ca.Algorithm == KeyAlgorithm.Ed25519;
}
