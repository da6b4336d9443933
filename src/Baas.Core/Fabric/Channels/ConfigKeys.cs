namespace Baas.Core.Fabric.Channels;

/// <summary>The names of groups, values and policies in a channel's configuration (common/channelconfig).</summary>
internal static class ConfigKeys
{
    /// <summary>The group of the member organizations.</summary>
    public const string Application = "Application";

    /// <summary>The group of the ordering service.</summary>
    public const string Orderer = "Orderer";

    /// <summary>Capabilities of the channel, the orderers or the application.</summary>
    public const string Capabilities = "Capabilities";

    /// <summary>How blocks are hashed.</summary>
    public const string HashingAlgorithm = "HashingAlgorithm";

    /// <summary>How a block's data is hashed.</summary>
    public const string BlockDataHashingStructure = "BlockDataHashingStructure";

    /// <summary>When a block is full.</summary>
    public const string BatchSize = "BatchSize";

    /// <summary>When a block is cut that is not full.</summary>
    public const string BatchTimeout = "BatchTimeout";

    /// <summary>How many channels there may be; without meaning since there is no system channel, but always there.</summary>
    public const string ChannelRestrictions = "ChannelRestrictions";

    /// <summary>How orderers agree.</summary>
    public const string ConsensusType = "ConsensusType";

    /// <summary>Who takes part in BFT consensus.</summary>
    public const string Orderers = "Orderers";

    /// <summary>Where an organization's orderers listen.</summary>
    public const string Endpoints = "Endpoints";

    /// <summary>An organization's certificates.</summary>
    public const string Msp = "MSP";

    /// <summary>An organization's anchor peers.</summary>
    public const string AnchorPeers = "AnchorPeers";

    /// <summary>The policy of those who may read.</summary>
    public const string Readers = "Readers";

    /// <summary>The policy of those who may submit.</summary>
    public const string Writers = "Writers";

    /// <summary>The policy of those who may change the configuration.</summary>
    public const string Admins = ConfigElements.Admins;

    /// <summary>The policy of those who endorse.</summary>
    public const string Endorsement = "Endorsement";

    /// <summary>The policy of those who endorse chaincode definitions.</summary>
    public const string LifecycleEndorsement = "LifecycleEndorsement";

    /// <summary>The policy of the signatures under a block.</summary>
    public const string BlockValidation = "BlockValidation";
}
