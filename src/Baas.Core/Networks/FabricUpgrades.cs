namespace Baas.Core.Networks;

/// <summary>Which versions of Fabric a running network may move to. Pure.</summary>
public static class FabricUpgrades
{
    /// <summary>Why a network cannot move from one version to another; null when it can.</summary>
    /// <param name="from">The version that its nodes run.</param>
    /// <param name="to">The version that is wanted.</param>
    public static string? RefusalOf(FabricVersion from, FabricVersion to)
    {
        if (FabricReleases.Find(to) is not { IsProvisioned: true } target)
        {
            return $"Fabric {to} is not known here; there are {string.Join(", ", FabricReleases.All.Where(release => release.IsProvisioned).Select(release => $"{release.Line}.x"))}";
        }

        return Version.Parse(to.Value).CompareTo(Version.Parse(from.Value)) switch
        {
            0 => $"its nodes run Fabric {from} already",
            < 0 => $"Fabric {to} is older than {from}, and ledgers that a newer node has written are not promised to be read by an older one",
            _ when to.Line == from.Line || target.UpgradesFrom.Contains(from.Line) => null,
            _ => $"nodes cannot go from Fabric {from.Line} to {target.Line} in one step",
        };
    }

    /// <summary>What is on record of a network when all of its nodes run the new version: channels keep the capabilities that they have.</summary>
    public static NetworkSpec Upgraded(NetworkSpec spec, FabricVersion to) => spec with
    {
        FabricVersion = to,
        Channels = [.. spec.Channels.Select(channel => Kept(channel, spec.FabricVersion, to))],
    };

    // A channel that names none has those that were the default when it was made; a newer default would say something else of it.
    private static ChannelSpec Kept(ChannelSpec channel, FabricVersion from, FabricVersion to)
    {
        var capabilities = FabricReleases.CapabilitiesOf(channel, from);
        return capabilities == FabricReleases.CapabilitiesOf(channel, to) ? channel : channel with { Capabilities = capabilities };
    }
}
