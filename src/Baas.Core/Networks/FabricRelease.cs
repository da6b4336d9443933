namespace Baas.Core.Networks;

/// <summary>What one line of Fabric releases can do.</summary>
public sealed record FabricRelease
{
    /// <summary>The line, such as <c>3.1</c>.</summary>
    public required string Line { get; init; }

    /// <summary>The patch level that examples and defaults name, such as <c>3.1.5</c>.</summary>
    public required FabricVersion Latest { get; init; }

    /// <summary>Whether new networks may be made of it; otherwise it can only be looked after.</summary>
    public required bool IsProvisioned { get; init; }

    /// <summary>The older lines whose nodes can be replaced by nodes of this one, one by one, while the network runs.</summary>
    public IReadOnlyList<string> UpgradesFrom { get; init; } = [];

    /// <summary>The capabilities of a channel that names none.</summary>
    public required ChannelCapabilities DefaultCapabilities { get; init; }

    /// <summary>The channel capability levels that its nodes understand and Baas can work with, from the lowest on.</summary>
    public required IReadOnlyList<string> ChannelLevels { get; init; }

    /// <summary>The same for the orderer capability.</summary>
    public required IReadOnlyList<string> OrdererLevels { get; init; }

    /// <summary>The same for the application capability.</summary>
    public required IReadOnlyList<string> ApplicationLevels { get; init; }

    /// <summary>The consensus protocols that its orderers know.</summary>
    public required IReadOnlyList<Consensus> Consensus { get; init; }
}
