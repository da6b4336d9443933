using Baas.Core.Networks;

namespace Baas.Core.Operations.Upgrades;

/// <summary>What an upgrade is begun with, on its operation's record.</summary>
/// <param name="FabricVersion">The version that the network's nodes are to run.</param>
/// <param name="NodeLimit">How long a node may take until it answers.</param>
internal sealed record UpgradeArguments(FabricVersion FabricVersion, TimeSpan NodeLimit)
{
    /// <summary>What was asked for beside the version; null on records of before there was anything.</summary>
    public UpgradeRequest? Request { get; init; }

    /// <summary>All that was asked for.</summary>
    public UpgradeRequest Asked() => Request ?? new UpgradeRequest(FabricVersion);
}
