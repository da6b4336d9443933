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

    /// <summary>The capabilities that a channel has when it is raised to those of a version: in no group lower than what it has.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The version that its network's specification names.</param>
    /// <param name="to">The version that all nodes run.</param>
    public static ChannelCapabilities Raised(ChannelSpec channel, FabricVersion from, FabricVersion to)
    {
        var (now, release) = (FabricReleases.CapabilitiesOf(channel, from), Known(to));
        var wanted = release.DefaultCapabilities;
        return new(
            Higher(release.ChannelLevels, now.Channel, wanted.Channel),
            Higher(release.OrdererLevels, now.Orderer, wanted.Orderer),
            Higher(release.ApplicationLevels, now.Application, wanted.Application));
    }

    /// <summary>Why nodes of a version cannot work in a channel; null when they can.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The version that its network's specification names.</param>
    /// <param name="to">The version that its nodes would run.</param>
    public static string? LacksCapability(ChannelSpec channel, FabricVersion from, FabricVersion to)
    {
        if (FabricReleases.Find(to) is not { } release)
        {
            return null; // of a line that is not known nothing can be said
        }

        var (name, levels) = (channel.Name, FabricReleases.CapabilitiesOf(channel, from));
        IEnumerable<(string Group, string Level, IReadOnlyList<string> Known)> groups =
            [("channel", levels.Channel, release.ChannelLevels), ("orderer", levels.Orderer, release.OrdererLevels), ("application", levels.Application, release.ApplicationLevels)];
        return groups.Where(group => !group.Known.Contains(group.Level)).Select(group => $"channel {name} has {group.Group} capability {group.Level}, with which nodes of Fabric {to} stop; it cannot be taken back").FirstOrDefault();
    }

    private static FabricRelease Known(FabricVersion version) => FabricReleases.Find(version) ?? throw new ArgumentException($"Fabric {version} is not known", nameof(version));

    private static string Higher(IReadOnlyList<string> levels, string one, string other) => levels.Index().Where(level => level.Item == one || level.Item == other).Select(level => level.Item).LastOrDefault(one);

    // A channel that names none has those that were the default when it was made; a newer default would say something else of it.
    private static ChannelSpec Kept(ChannelSpec channel, FabricVersion from, FabricVersion to)
    {
        var capabilities = FabricReleases.CapabilitiesOf(channel, from);
        return capabilities == FabricReleases.CapabilitiesOf(channel, to) ? channel : channel with { Capabilities = capabilities };
    }
}
