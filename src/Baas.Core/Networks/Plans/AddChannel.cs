using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>A channel that all orderers and all members' peers join.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Ordering">The ordering service; its <see cref="OrderingSpec.Orderers"/> are the consenters.</param>
/// <param name="Members">The member organizations; their first peers are the anchor peers.</param>
/// <param name="Capabilities">The channel's own capabilities or those of the Fabric version.</param>
public sealed record AddChannel(ChannelSpec Channel, OrderingSpec Ordering, IReadOnlyList<OrganizationSpec> Members, ChannelCapabilities Capabilities) : NetworkChange
{
    /// <summary>Whether a chaincode of the same plan follows: it waits for the channel's leader when it needs one, and gets ready meanwhile. The default is no.</summary>
    public bool HasFollowers { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "addChannel";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => Channel.Name.Value;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"channel {Channel.Name} of {string.Join(", ", Channel.Organizations)}";
}
