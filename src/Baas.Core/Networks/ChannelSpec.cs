namespace Baas.Core.Networks;

/// <summary>A channel: a ledger that its member organizations share.</summary>
public sealed record ChannelSpec
{
    /// <summary>The channel's name.</summary>
    public required ChannelName Name { get; init; }

    /// <summary>The member organizations. When the document leaves them out, the reader puts in all of the network's.</summary>
    public required IReadOnlyList<OrganizationName> Organizations { get; init; }

    /// <summary>Who may do what; Fabric's usual rules by default.</summary>
    public ChannelPolicies Policies { get; init; } = new();

    /// <summary>The capabilities; those of the network's Fabric version when absent.</summary>
    public ChannelCapabilities? Capabilities { get; init; }
}
