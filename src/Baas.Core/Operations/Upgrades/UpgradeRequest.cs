using Baas.Core.Networks;

namespace Baas.Core.Operations.Upgrades;

/// <summary>What somebody wants of an upgrade.</summary>
/// <param name="FabricVersion">The version that all nodes are to run.</param>
public sealed record UpgradeRequest(FabricVersion FabricVersion)
{
    /// <summary>Whether the capabilities of all channels are raised to those of the version, when all nodes run it. There is no way back. The default is no.</summary>
    public bool Capabilities { get; init; }

    /// <summary>The channels whose capabilities are raised, where not all are meant. The default is none.</summary>
    public IReadOnlyList<ChannelName> CapabilitiesOf { get; init; } = [];

    /// <summary>How old the last verified backup may be; the upgrade is refused without one. By default none is asked for, and the plan only says what there is.</summary>
    public Duration? RequireBackup { get; init; }

    /// <summary>The channels of a specification whose capabilities are to be raised.</summary>
    internal IReadOnlyList<ChannelName> Raised(NetworkSpec spec) => [.. spec.Channels.Select(channel => channel.Name).Where(channel => Capabilities || CapabilitiesOf.Contains(channel))];
}
