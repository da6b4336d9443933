using Baas.Core.Networks;

namespace Baas.Core.Fabric.Channels;

/// <summary>All that a channel's first configuration says.</summary>
internal sealed record ChannelDefinition
{
    /// <summary>The channel's name.</summary>
    public required ChannelName Name { get; init; }

    /// <summary>The capability levels.</summary>
    public required ChannelCapabilities Capabilities { get; init; }

    /// <summary>How orderers agree.</summary>
    public required Consensus Consensus { get; init; }

    /// <summary>When orderers cut a block.</summary>
    public required BatchSpec Batch { get; init; }

    /// <summary>The organization of the orderers.</summary>
    public required ChannelOrganization Ordering { get; init; }

    /// <summary>The orderers that agree on blocks, in the order of their numbers.</summary>
    public required IReadOnlyList<ChannelConsenter> Consenters { get; init; }

    /// <summary>The member organizations.</summary>
    public required IReadOnlyList<ChannelOrganization> Members { get; init; }

    /// <summary>The application policies. The default is Fabric's usual rules.</summary>
    public ChannelPolicies Policies { get; init; } = new();
}
