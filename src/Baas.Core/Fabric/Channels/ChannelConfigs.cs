using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>Builds a channel's first configuration: of a channel without consortium and ACLs of its own. Same definition, same bytes.</summary>
internal static class ChannelConfigs
{
    // Blocks are hashed as a whole; Fabric knows no other width.
    private const uint WholeBlock = uint.MaxValue;

    /// <summary>The whole tree.</summary>
    public static ConfigGroup Of(ChannelDefinition channel) => ConfigElements.Group(
        new Dictionary<string, ConfigGroup>
        {
            [ConfigKeys.Application] = Application(channel),
            [ConfigKeys.Orderer] = Orderer(channel),
        },
        new Dictionary<string, IMessage>
        {
            [ConfigKeys.Capabilities] = ConfigElements.Capabilities(channel.Capabilities.Channel),
            [ConfigKeys.HashingAlgorithm] = new HashingAlgorithm { Name = "SHA256" },
            [ConfigKeys.BlockDataHashingStructure] = new BlockDataHashingStructure { Width = WholeBlock },
        },
        UsualPolicies());

    /// <summary>The value <c>BatchSize</c>.</summary>
    public static BatchSize BatchSize(BatchSpec batch) => new()
    {
        MaxMessageCount = (uint)batch.MaxMessages,
        AbsoluteMaxBytes = (uint)batch.AbsoluteMaxBytes,
        PreferredMaxBytes = (uint)batch.PreferredMaxBytes,
    };

    /// <summary>The value <c>BatchTimeout</c>.</summary>
    public static BatchTimeout BatchTimeout(BatchSpec batch) => new() { Timeout = GoDuration.Of(batch.Timeout.ToTimeSpan()) };

    private static ConfigGroup Application(ChannelDefinition channel) => ConfigElements.Group(
        channel.Members.ToDictionary(member => member.Group, OrganizationGroups.Member),
        new Dictionary<string, IMessage> { [ConfigKeys.Capabilities] = ConfigElements.Capabilities(channel.Capabilities.Application) },
        new Dictionary<string, Policy>
        {
            [ConfigKeys.Readers] = ConfigElements.Policy(channel.Policies.Readers),
            [ConfigKeys.Writers] = ConfigElements.Policy(channel.Policies.Writers),
            [ConfigKeys.Admins] = ConfigElements.Policy(channel.Policies.Admins),
            [ConfigKeys.LifecycleEndorsement] = ConfigElements.Policy(channel.Policies.LifecycleEndorsement),
            [ConfigKeys.Endorsement] = ConfigElements.Policy(channel.Policies.Endorsement),
        });

    private static ConfigGroup Orderer(ChannelDefinition channel)
    {
        var endpoints = channel.Consenters.Select(consenter => consenter.Address);
        Dictionary<string, IMessage> values = new()
        {
            [ConfigKeys.BatchSize] = BatchSize(channel.Batch),
            [ConfigKeys.BatchTimeout] = BatchTimeout(channel.Batch),
            [ConfigKeys.ChannelRestrictions] = new ChannelRestrictions(),
            [ConfigKeys.Capabilities] = ConfigElements.Capabilities(channel.Capabilities.Orderer),
        };
        var policies = UsualPolicies();
        if (channel.Consensus == Consensus.Bft)
        {
            List<Consenter> consenters = [.. channel.Consenters.Select((consenter, index) => ConsensusSettings.BftConsenter(consenter, (uint)index + 1))];
            values[ConfigKeys.ConsensusType] = ConsensusSettings.OfBft(channel.Batch);
            values[ConfigKeys.Orderers] = new Orderers { ConsenterMapping = { consenters } };
            policies[ConfigKeys.BlockValidation] = ConsensusSettings.BftBlockValidation(consenters);
        }
        else
        {
            values[ConfigKeys.ConsensusType] = ConsensusSettings.OfRaft(channel.Consenters);
            policies[ConfigKeys.BlockValidation] = ConfigElements.Policy("ANY Writers");
        }

        var organization = OrganizationGroups.Orderers(channel.Ordering, endpoints);
        return ConfigElements.Group(new Dictionary<string, ConfigGroup> { [channel.Ordering.Group] = organization }, values, policies);
    }

    private static Dictionary<string, Policy> UsualPolicies() => new()
    {
        [ConfigKeys.Readers] = ConfigElements.Policy("ANY Readers"),
        [ConfigKeys.Writers] = ConfigElements.Policy("ANY Writers"),
        [ConfigKeys.Admins] = ConfigElements.Policy("MAJORITY Admins"),
    };
}
