using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>
/// Changes of a channel's configuration. Each gives a changed copy; what is so already stays as it is, so that <see cref="ConfigUpdates"/> sees
/// no difference then.
/// </summary>
internal static class ConfigEdits
{
    /// <summary>Says where peers of other organizations find an organization's peers.</summary>
    /// <exception cref="ConfigEditException">The organization is no member.</exception>
    public static Config SetAnchorPeers(Config config, string group, IReadOnlyList<ChannelAddress> peers) => Edit(config, root =>
    {
        var organization = Member(Member(root, ConfigKeys.Application), group);
        if (peers.Count == 0)
        {
            organization.Values.Remove(ConfigKeys.AnchorPeers);
        }
        else
        {
            Put(organization, ConfigKeys.AnchorPeers, OrganizationGroups.AnchorPeers(peers));
        }
    });

    /// <summary>Makes an organization a member, or changes what is known of a member.</summary>
    public static Config PutOrganization(Config config, ChannelOrganization organization) =>
        Edit(config, root => Member(root, ConfigKeys.Application).Groups[organization.Group] = OrganizationGroups.Member(organization));

    /// <summary>Ends an organization's membership; one that is no member counts as removed.</summary>
    public static Config RemoveOrganization(Config config, string group) => Edit(config, root => Member(root, ConfigKeys.Application).Groups.Remove(group));

    /// <summary>Says when orderers cut a block.</summary>
    public static Config SetBatch(Config config, BatchSpec batch) => Edit(config, root =>
    {
        var orderer = Member(root, ConfigKeys.Orderer);
        Put(orderer, ConfigKeys.BatchSize, ChannelConfigs.BatchSize(batch));
        Put(orderer, ConfigKeys.BatchTimeout, ChannelConfigs.BatchTimeout(batch));
    });

    /// <summary>Sets the capability levels. Fabric takes no lower ones, and nodes that do not know a level stop.</summary>
    public static Config SetCapabilities(Config config, ChannelCapabilities levels) => Edit(config, root =>
    {
        Put(root, ConfigKeys.Capabilities, ConfigElements.Capabilities(levels.Channel));
        Put(Member(root, ConfigKeys.Orderer), ConfigKeys.Capabilities, ConfigElements.Capabilities(levels.Orderer));
        Put(Member(root, ConfigKeys.Application), ConfigKeys.Capabilities, ConfigElements.Capabilities(levels.Application));
    });

    /// <summary>
    /// Lets an orderer take part in consensus, and advertises it. One that takes part at the same address gets the given certificates. Change one
    /// orderer at a time: orderers refuse more.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="group">The group of the orderer's organization.</param>
    /// <param name="consenter">The orderer.</param>
    /// <exception cref="ConfigEditException">There is no such group.</exception>
    public static Config PutConsenter(Config config, string group, ChannelConsenter consenter) => Edit(config, root =>
    {
        var orderer = Member(root, ConfigKeys.Orderer);
        Consenters.Of(orderer).Put(consenter);
        EditEndpoints(orderer, group, endpoints => endpoints.Contains($"{consenter.Address}") ? endpoints : [.. endpoints, $"{consenter.Address}"]);
    });

    /// <summary>Ends an orderer's part in consensus, and advertises it no more; one that takes no part counts as removed.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="group">The group of the orderer's organization.</param>
    /// <param name="address">Where the orderer listens.</param>
    /// <exception cref="ConfigEditException">There is no such group.</exception>
    public static Config RemoveConsenter(Config config, string group, ChannelAddress address) => Edit(config, root =>
    {
        var orderer = Member(root, ConfigKeys.Orderer);
        Consenters.Of(orderer).Remove(address);
        EditEndpoints(orderer, group, endpoints => [.. endpoints.Where(endpoint => endpoint != $"{address}")]);
    });

    private static Config Edit(Config config, Action<ConfigGroup> edit)
    {
        var copy = config.Clone();
        edit(copy.ChannelGroup);
        return copy;
    }

    private static void EditEndpoints(ConfigGroup orderer, string group, Func<IReadOnlyList<string>, IReadOnlyList<string>> edit)
    {
        var organization = Member(orderer, group);
        var endpoints = organization.Values.TryGetValue(ConfigKeys.Endpoints, out var value) ? OrdererAddresses.Parser.ParseFrom(value.Value) : new OrdererAddresses();
        Put(organization, ConfigKeys.Endpoints, new OrdererAddresses { Addresses = { edit(endpoints.Addresses) } });
    }

    private static ConfigGroup Member(ConfigGroup group, string name) =>
        group.Groups.TryGetValue(name, out var member) ? member : throw new ConfigEditException(name, "the configuration has no such group");

    // Who may change a value stays as it was: only what is new gets the usual rule.
    private static void Put(ConfigGroup group, string name, IMessage value)
    {
        if (group.Values.TryGetValue(name, out var existing))
        {
            existing.Value = value.ToByteString();
        }
        else
        {
            group.Values[name] = ConfigElements.Value(value);
        }
    }
}
