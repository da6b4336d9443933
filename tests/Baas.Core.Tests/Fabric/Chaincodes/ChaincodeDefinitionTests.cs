using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Ledger.Rwset;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Google.Protobuf;
using ChaincodeSpec = Baas.Core.Networks.ChaincodeSpec;

namespace Baas.Core.Tests.Fabric.Chaincodes;

public sealed class ChaincodeDefinitionTests
{
    private static readonly ChaincodeSpec Basic = new() { Name = ChaincodeName.Parse("basic"), Channel = ChannelName.Parse("mychannel"), Image = "basic:1.0" };

    [Fact]
    public void Of_NothingSpecial_IsWhatThePeerCommandCommits()
    {
        var written = CommittedFields();

        var definition = ChaincodeDefinition.Of(Basic);

        var endorsement = ChaincodeEndorsementInfo.Parser.ParseFrom(written["EndorsementInfo"].Bytes);
        var validation = ChaincodeValidationInfo.Parser.ParseFrom(written["ValidationInfo"].Bytes);
        Assert.Equal(written["Sequence"].Int64, definition.Sequence);
        Assert.Equal((endorsement.Version, endorsement.InitRequired, endorsement.EndorsementPlugin), (definition.Version, definition.InitRequired, definition.EndorsementPlugin));
        Assert.Equal((validation.ValidationPlugin, validation.ValidationParameter), (definition.ValidationPlugin, definition.EndorsementPolicy));
        Assert.Equal(written["Collections"].Bytes, definition.Collections.ToByteString());
    }

    [Fact]
    public void Of_EverythingGiven_EncodesIt()
    {
        var definition = ChaincodeDefinition.Of(Basic with
        {
            Sequence = 3,
            Version = ChaincodeVersion.Parse("2.1"),
            InitRequired = true,
            EndorsementPolicy = "AND('Org1MSP.peer','Org2MSP.peer')",
            Collections =
            [
                new() { Name = CollectionName.Parse("prices"), Policy = "OR('Org1MSP.member')", RequiredPeerCount = 1, MaxPeerCount = 2, BlockToLive = 100, MemberOnlyWrite = false },
                new() { Name = CollectionName.Parse("terms"), Policy = "OR('Org2MSP.member')", EndorsementPolicy = "/Channel/Application/Admins" },
            ],
        });

        var policy = ApplicationPolicy.Parser.ParseFrom(definition.EndorsementPolicy);
        var prices = definition.Collections.Config[0].StaticCollectionConfig;
        var terms = definition.Collections.Config[1].StaticCollectionConfig;
        Assert.Equal((3, "2.1", true), (definition.Sequence, definition.Version, definition.InitRequired));
        Assert.Equal(2, policy.SignaturePolicy.Identities.Count);
        Assert.Equal(("prices", 1, 2, 100UL), (prices.Name, prices.RequiredPeerCount, prices.MaximumPeerCount, prices.BlockToLive));
        Assert.Equal((true, false), (prices.MemberOnlyRead, prices.MemberOnlyWrite));
        Assert.Single(prices.MemberOrgsPolicy.SignaturePolicy.Identities);
        Assert.Null(prices.EndorsementPolicy);
        Assert.Equal("/Channel/Application/Admins", terms.EndorsementPolicy.ChannelConfigPolicyReference);
    }

    [Fact]
    public void DifferencesFrom_AnotherOne_NamesThem()
    {
        var definition = ChaincodeDefinition.Of(Basic);

        Assert.Empty(definition.DifferencesFrom(ChaincodeDefinition.Of(Basic with { Image = "elsewhere:1.0" })));
        Assert.Equal(
            ["version", "init", "endorsement policy", "collections"],
            definition.DifferencesFrom(ChaincodeDefinition.Of(Basic with
            {
                Version = ChaincodeVersion.Parse("2.0"),
                InitRequired = true,
                EndorsementPolicy = "/Channel/Application/Admins",
                Collections = [new() { Name = CollectionName.Parse("prices"), Policy = "OR('Org1MSP.member')" }],
            })));
    }

    // What the real peers wrote into the state when the peer command committed the same definition.
    private static Dictionary<string, StateData> CommittedFields()
    {
        var block = Block.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "blocks", "3.block")));
        var envelope = Envelope.Parser.ParseFrom(block.Data.Data[0]);
        var transaction = Transaction.Parser.ParseFrom(Payload.Parser.ParseFrom(envelope.Payload).Data);
        var action = ChaincodeActionPayload.Parser.ParseFrom(transaction.Actions[0].Payload).Action;
        var response = ProposalResponsePayload.Parser.ParseFrom(action.ProposalResponsePayload);
        var results = TxReadWriteSet.Parser.ParseFrom(ChaincodeAction.Parser.ParseFrom(response.Extension).Results);
        var writes = KVRWSet.Parser.ParseFrom(results.NsRwset.Single(set => set.Namespace == "_lifecycle").Rwset).Writes;
        const string Prefix = "namespaces/fields/basic/";
        return writes.Where(write => write.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(write => write.Key[Prefix.Length..], write => StateData.Parser.ParseFrom(write.Value));
    }
}
