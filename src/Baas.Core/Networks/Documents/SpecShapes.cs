using Baas.Core.Networks.Documents.Shapes;
using static Baas.Core.Networks.Documents.Shapes.ShapeProperty;

namespace Baas.Core.Networks.Documents;

/// <summary>The shape of a specification: what the reader accepts and the schema publishes. Channels and chaincodes stand in <see cref="ChannelShapes"/>.</summary>
internal static class SpecShapes
{
    /// <summary>So many orderers or peers never make sense; the limits of an installation are lower.</summary>
    private const int MostNodes = 1000;

    private static readonly WholeNumberShape Positive = new(1, int.MaxValue);
    private static readonly TextShape Time = new(Duration.Rule, "malformed-value");
    private static readonly TextShape Amount = new(Quantity.Rule, "malformed-value");

    private static readonly ObjectShape Ca = ObjectShape.Of(
        new CaSpec(),
        Optional("algorithm", WordShape.Of<KeyAlgorithm>(), "The kind of the keys: an ECDSA curve, or ed25519 for identities, with TLS on P-256 (Fabric 3 and later, not for bft orderers)."),
        Optional("caValidity", Time, "How long the CA certificates are valid, such as 3650d."),
        Optional("validity", Time, "How long node and user certificates are valid, such as 365d; not longer than the CA's."),
        Optional("signingIssuer", TextShape.Name<CaName>(), "A CA that the tenant has brought and that issues the signing CA; self-signed when absent."),
        Optional("tlsIssuer", TextShape.Name<CaName>(), "A CA that the tenant has brought and that issues the TLS CA; self-signed when absent."));

    private static readonly ObjectShape Resources = ObjectShape.Of(
        new NodeResources(),
        Optional("cpu", Amount, "The processor time that is set aside, a Kubernetes quantity."),
        Optional("cpuLimit", Amount, "The processor time that is allowed."),
        Optional("memory", Amount, "The memory that is set aside."),
        Optional("memoryLimit", Amount, "The memory that is allowed."),
        Optional("storage", Amount, "The size of the ledger's volume."),
        Optional("storageClass", new TextShape(TextRules.StorageClass, "malformed-value"), "The volume's storage class; the cluster's default when absent."));

    private static readonly ObjectShape Batch = ObjectShape.Of(
        new BatchSpec(),
        Optional("timeout", Time, "The longest wait for more transactions, such as 200ms or 2s."),
        Optional("maxMessages", Positive, "The most transactions in a block."),
        Optional("absoluteMaxBytes", Positive, "The most bytes of one block's transactions; no transaction can be larger."),
        Optional("preferredMaxBytes", Positive, "The size at which a block is cut; at most absoluteMaxBytes."));

    private static readonly ObjectShape Ordering = ObjectShape.Of(
        new OrderingSpec(),
        Optional("organization", TextShape.Name<OrganizationName>(), "The organization that runs the orderers; none of those that run peers."),
        Optional("mspId", TextShape.Name<MspId>(), "The MSP id of the ordering organization."),
        Optional("consensus", WordShape.Of<Consensus>(), "raft tolerates nodes that stop, bft nodes that lie (Fabric 3 and later, at least 4 nodes)."),
        Optional("nodes", new WholeNumberShape(1, MostNodes), "How many orderers."),
        Optional("batch", Batch, "When a block is cut."),
        Optional("ca", Ca, "The certificate authorities of the ordering organization."),
        Optional("resources", Resources, "What each orderer may use."),
        Optional("cluster", TextShape.Name<ClusterName>(), "The cluster that runs the orderers; the default cluster when absent."));

    private static readonly ObjectShape Organization = ObjectShape.Of(
        new OrganizationSpec { Name = OrganizationName.Parse("org1"), MspId = MspId.Parse("Org1MSP") },
        Required("name", TextShape.Name<OrganizationName>(), "The organization's name, unique within the network."),
        Derived("mspId", TextShape.Name<MspId>(), "The organization's MSP id; derived from the name when absent: org1 gives Org1MSP."),
        Optional("peers", new WholeNumberShape(1, MostNodes), "How many peers."),
        Optional("stateDatabase", WordShape.Of<StateDatabase>(), "Where peers keep the world state; couchdb allows rich queries. Fixed at creation."),
        Optional("ca", Ca, "The organization's certificate authorities."),
        Optional("resources", Resources, "What each peer may use."),
        Optional("cluster", TextShape.Name<ClusterName>(), "The cluster that runs the organization; the default cluster when absent."));

    private static readonly ObjectShape Keep = ObjectShape.Of(
        new BackupKeepSpec(),
        Optional("count", new WholeNumberShape(1, BackupKeepSpec.MostCount), "How many of the newest backups are kept, whatever their age."),
        Optional("days", new WholeNumberShape(0, BackupKeepSpec.MostDays), "How many days each backup is kept at least; 0: the number alone decides."));

    private static readonly ObjectShape Backup = ObjectShape.Of(
        new BackupSpec(),
        Optional("schedule", new TextShape(TextRules.Schedule, "malformed-value"), "When the network is backed up, in UTC and as in cron: 0 3 * * *; only on request when absent."),
        Optional("keep", Keep, "How long backups are kept."));

    /// <summary>The whole document.</summary>
    public static ObjectShape Network { get; } = ObjectShape.Of(
        new NetworkSpec { Name = NetworkName.Parse("network"), FabricVersion = FabricVersion.Parse("3.1.5"), Ordering = new(), Organizations = [] },
        Required("name", TextShape.Name<NetworkName>(), "The network's name, unique within its tenant."),
        Required("fabricVersion", TextShape.Name<FabricVersion>(), "The Fabric version of every orderer and peer, such as 3.1.5."),
        Required("ordering", Ordering, "Who orders transactions, and how."),
        Required("organizations", new ListShape(Organization), "The organizations that run peers."),
        Optional("channels", new ListShape(ChannelShapes.Channel), "The channels, each a ledger that its members share."),
        Optional("chaincodes", new ListShape(ChannelShapes.Chaincode), "The chaincodes, each on one channel."),
        Optional("exposure", WordShape.Of<Exposure>(), "How nodes are reached from outside their namespace; the cluster's default when absent."),
        Optional("backup", Backup, "When the network is backed up by itself, and how long backups are kept; without it they are kept until they are deleted."));
}
