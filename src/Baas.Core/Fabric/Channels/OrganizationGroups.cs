using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>The groups of organizations in a channel's configuration.</summary>
internal static class OrganizationGroups
{
    /// <summary>The group of a member organization. Peers endorse, clients submit, admins administer and may do what clients may.</summary>
    public static ConfigGroup Member(ChannelOrganization organization)
    {
        Dictionary<string, IMessage> values = new() { [ConfigKeys.Msp] = MspDefinitions.Of(organization) };
        if (organization.AnchorPeers.Count > 0)
        {
            values[ConfigKeys.AnchorPeers] = AnchorPeers(organization.AnchorPeers);
        }

        return ConfigElements.Group(
            new Dictionary<string, ConfigGroup>(),
            values,
            new Dictionary<string, Policy>
            {
                [ConfigKeys.Readers] = Roles(organization.MspId, "admin", "peer", "client"),
                [ConfigKeys.Writers] = Roles(organization.MspId, "admin", "client"),
                [ConfigKeys.Admins] = Roles(organization.MspId, "admin"),
                [ConfigKeys.Endorsement] = Roles(organization.MspId, "peer"),
            });
    }

    /// <summary>The group of the organization that runs the orderers.</summary>
    public static ConfigGroup Orderers(ChannelOrganization organization, IEnumerable<ChannelAddress> endpoints) => ConfigElements.Group(
        new Dictionary<string, ConfigGroup>(),
        new Dictionary<string, IMessage>
        {
            [ConfigKeys.Msp] = MspDefinitions.Of(organization),
            [ConfigKeys.Endpoints] = Endpoints(endpoints),
        },
        new Dictionary<string, Policy>
        {
            [ConfigKeys.Readers] = Roles(organization.MspId, "member"),
            [ConfigKeys.Writers] = Roles(organization.MspId, "member"),
            [ConfigKeys.Admins] = Roles(organization.MspId, "admin"),
        });

    /// <summary>The value of anchor peers.</summary>
    public static AnchorPeers AnchorPeers(IEnumerable<ChannelAddress> peers) =>
        new() { AnchorPeers_ = { peers.Select(peer => new AnchorPeer { Host = peer.Host, Port = peer.Port }) } };

    /// <summary>The value of endpoints.</summary>
    public static OrdererAddresses Endpoints(IEnumerable<ChannelAddress> endpoints) => new() { Addresses = { endpoints.Select(endpoint => endpoint.ToString()) } };

    private static Policy Roles(MspId mspId, params IEnumerable<string> roles) =>
        ConfigElements.Policy($"OR({string.Join(", ", roles.Select(role => $"'{mspId}.{role}'"))})");
}
