using Baas.Core.Networks.Documents.Shapes;
using static Baas.Core.Networks.Documents.Shapes.ShapeProperty;

namespace Baas.Core.Networks.Documents;

/// <summary>The shapes of channels and chaincodes.</summary>
internal static class ChannelShapes
{
    /// <summary>The greatest whole number that every JSON reader keeps exactly.</summary>
    private const long MostBlocks = (1L << 53) - 1;

    private static readonly TextShape Policy = new(TextRules.Policy, "malformed-value");
    private static readonly TextShape Level = new(TextRules.Capability, "malformed-value");
    private static readonly SwitchShape Switch = new();

    private static readonly ObjectShape Policies = ObjectShape.Of(
        new ChannelPolicies(),
        Optional("readers", Policy, "Who may read: ANY|ALL|MAJORITY <name> or a signature policy."),
        Optional("writers", Policy, "Who may submit transactions."),
        Optional("admins", Policy, "Who may change the channel's configuration."),
        Optional("lifecycleEndorsement", Policy, "Who has to endorse a chaincode definition."),
        Optional("endorsement", Policy, "Who has to endorse the transactions of a chaincode without a policy of its own."));

    private static readonly ObjectShape Capabilities = ObjectShape.Of<ChannelCapabilities?>(
        null,
        Required("channel", Level, "The channel level, such as V3_0."),
        Required("orderer", Level, "The orderer level, such as V2_0."),
        Required("application", Level, "The application level, such as V2_5."));

    private static readonly ObjectShape Collection = ObjectShape.Of(
        new CollectionSpec { Name = CollectionName.Parse("private"), Policy = "" },
        Required("name", TextShape.Name<CollectionName>(), "The collection's name, unique within its chaincode."),
        Required("policy", Policy, "The members: a signature policy of principals and OR alone, such as OR('Org1MSP.member', 'Org2MSP.member')."),
        Optional("requiredPeerCount", new WholeNumberShape(0, int.MaxValue), "To how many other peers the data has to go before an endorsement succeeds."),
        Optional("maxPeerCount", new WholeNumberShape(0, int.MaxValue), "To how many other peers the data is sent at most."),
        Optional("blockToLive", new WholeNumberShape(0, MostBlocks), "After how many blocks the data is purged; 0 keeps it. Fixed at creation."),
        Optional("memberOnlyRead", Switch, "Whether only members may read."),
        Optional("memberOnlyWrite", Switch, "Whether only members may write."),
        Optional("endorsementPolicy", Policy, "An endorsement policy for the collection's keys; the chaincode's when absent."));

    private static readonly TextShape Function = new(TextRules.CallText, "malformed-value");
    private static readonly ListShape Arguments = new(new TextShape(TextRules.CallText, "malformed-value", MayBeEmpty: true));

    private static readonly ObjectShape Query = ObjectShape.Of<VerifyQuerySpec?>(
        null,
        Required("function", Function, "The function that is evaluated."),
        Optional("args", Arguments, "Its arguments."));

    private static readonly ObjectShape Verify = ObjectShape.Of<VerifySpec?>(
        null,
        Required("function", Function, "The function that is submitted."),
        Optional("args", Arguments, "Its arguments."),
        Optional("query", Query, "What is evaluated afterwards; nothing when absent."));

    /// <summary>A channel.</summary>
    public static ObjectShape Channel { get; } = ObjectShape.Of(
        new ChannelSpec { Name = ChannelName.Parse("channel"), Organizations = [] },
        Required("name", TextShape.Name<ChannelName>(), "The channel's name."),
        Derived("organizations", new ListShape(TextShape.Name<OrganizationName>()), "The member organizations; all of the network's when absent."),
        Optional("policies", Policies, "Who may do what."),
        Optional("capabilities", Capabilities, "The capability levels; those of the Fabric version when absent. They cannot be lowered later."));

    /// <summary>A chaincode.</summary>
    public static ObjectShape Chaincode { get; } = ObjectShape.Of(
        new ChaincodeSpec { Name = ChaincodeName.Parse("chaincode"), Channel = ChannelName.Parse("channel"), Image = "" },
        Required("name", TextShape.Name<ChaincodeName>(), "The chaincode's name, unique within its channel."),
        Required("channel", TextShape.Name<ChannelName>(), "The channel on which it is committed."),
        Optional("version", TextShape.Name<ChaincodeVersion>(), "The version text."),
        Optional("sequence", new WholeNumberShape(1, int.MaxValue), "The definition's sequence: 1 at first, one more with each change."),
        Required("image", new TextShape(TextRules.Image, "malformed-value"), "The image that runs the chaincode as a service."),
        Optional("initRequired", Switch, "Whether the chaincode's init has to be called first."),
        Optional("endorsementPolicy", Policy, "A signature policy or a channel policy such as /Channel/Application/Endorsement; the channel's Endorsement policy when absent."),
        Optional("collections", new ListShape(Collection), "The private data collections."),
        Optional("verify", Verify, "A transaction that proves at the end of the creation that the chaincode works; none when absent."));
}
