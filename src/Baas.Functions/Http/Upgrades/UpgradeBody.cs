using Baas.Core.Networks;
using Baas.Core.Operations.Upgrades;

namespace Baas.Functions.Http.Upgrades;

/// <summary>To what a network shall move.</summary>
/// <param name="FabricVersion">The version of Fabric, such as <c>3.1.5</c>.</param>
public sealed record UpgradeBody(FabricVersion FabricVersion)
{
    /// <summary>Whether the capabilities of all channels are raised to those of the version, last of all. There is no way back. The default is no.</summary>
    public bool Capabilities { get; init; }

    /// <summary>The channels whose capabilities are raised, where not all are meant.</summary>
    public IReadOnlyList<ChannelName>? CapabilitiesOf { get; init; }

    /// <summary>How old the last verified backup may be, such as <c>24h</c>; the upgrade is refused without one. By default none is asked for.</summary>
    public Duration? RequireBackup { get; init; }

    internal UpgradeRequest ToRequest() => new(FabricVersion) { Capabilities = Capabilities, CapabilitiesOf = CapabilitiesOf ?? [], RequireBackup = RequireBackup };
}
