using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Networks;
using Google.Protobuf;
using BftOptions = Baas.Core.Fabric.Protos.Orderer.SmartBft.Options;

namespace Baas.Core.Tests.Fabric.Channels;

public sealed class GenesisBlockTests
{
    [Fact]
    public void Create_TheGoldenChannel_SaysTheSameAsConfigtxgen()
    {
        var expected = GoldenFiles.Block(0);

        var block = GenesisBlock.Create(TestChannels.Golden, TimeProvider.System);

        Assert.Equal(TestChannels.Flat(TestChannels.GoldenConfig.ChannelGroup), TestChannels.Flat(ConfigBlock.Read(block).Config.ChannelGroup));
        Assert.Equal(TestChannels.GoldenConfig, ConfigBlock.Read(block).Config);
        Assert.Equal(expected.Metadata.Metadata.Count, block.Metadata.Metadata.Count);
        Assert.Equal(expected.CalculateSize(), block.CalculateSize(), tolerance: 10); // the timestamp's length varies
        BlockChain.Check([block]);
    }

    [Fact]
    public void Create_Header_IsThatOfConfigtxgen()
    {
        var (expected, expectedSignature) = Headers(GoldenFiles.Block(0));

        var (channel, signature) = Headers(GenesisBlock.Create(TestChannels.Golden, TimeProvider.System));

        Assert.Equal(Proposals.TransactionIdOf(signature), channel.TxId);
        Assert.Equal(Proposals.TransactionIdOf(expectedSignature), expected.TxId);
        Assert.Equal((expectedSignature.Nonce.Length, expectedSignature.Creator), (signature.Nonce.Length, signature.Creator));
        Assert.Equal(0, channel.Timestamp.Nanos);
        (expected.TxId, expected.Timestamp) = (channel.TxId, channel.Timestamp);
        Assert.Equal(expected, channel);
    }

    [Fact]
    public void Of_SameDefinition_SameBytes()
    {
        var turned = TestChannels.Golden with { Members = [.. TestChannels.Golden.Members.Reverse()] };

        Assert.Equal(ChannelConfigs.Of(TestChannels.Golden).ToByteString(), ChannelConfigs.Of(turned).ToByteString());
    }

    [Fact]
    public void Create_Twice_AreTwoBlocks() =>
        Assert.NotEqual(GenesisBlock.Create(TestChannels.Golden, TimeProvider.System).Header, GenesisBlock.Create(TestChannels.Golden, TimeProvider.System).Header);

    [Fact]
    public void Of_Bft_NamesConsentersAndWhoSignsBlocks()
    {
        var definition = TestChannels.Golden with
        {
            Consensus = Consensus.Bft,
            Consenters = [.. TestChannels.Golden.Consenters, TestChannels.Consenter(1, 17080)],
        };

        var orderer = ChannelConfigs.Of(definition).Groups["Orderer"];

        var consensus = ConsensusType.Parser.ParseFrom(orderer.Values["ConsensusType"].Value);
        var consenters = Orderers.Parser.ParseFrom(orderer.Values["Orderers"].Value).ConsenterMapping;
        var policy = SignaturePolicyEnvelope.Parser.ParseFrom(orderer.Policies["BlockValidation"].Policy.Value);
        Assert.Equal("BFT", consensus.Type);
        Assert.Equal("50ms", BftOptions.Parser.ParseFrom(consensus.Metadata).RequestBatchMaxInterval);
        Assert.Equal([1u, 2u, 3u, 4u], consenters.Select(consenter => consenter.Id));
        Assert.Equal(3, policy.Rule.NOutOf.N);
        Assert.Equal(
            consenters.Select(consenter => (consenter.MspId, consenter.Identity)),
            policy.Identities.Select(identity => SerializedIdentity.Parser.ParseFrom(identity.Principal)).Select(identity => (identity.Mspid, identity.IdBytes)));
    }

    // common/policies/bft.go: ceil((n + f + 1) / 2).
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(6, 4)]
    [InlineData(7, 5)]
    [InlineData(10, 7)]
    public void BftBlockValidation_Quorum_IsThatOfFabric(int nodes, int quorum)
    {
        var policy = ConsensusSettings.BftBlockValidation([.. Enumerable.Range(1, nodes).Select(id => new Consenter { Id = (uint)id })]);

        Assert.Equal(quorum, SignaturePolicyEnvelope.Parser.ParseFrom(policy.Value).Rule.NOutOf.N);
    }

    [Fact]
    public void Of_SignaturePolicy_IsEncoded()
    {
        var definition = TestChannels.Golden with { Policies = new ChannelPolicies { Endorsement = "AND('Org1MSP.peer', 'Org2MSP.peer')" } };

        var policy = ChannelConfigs.Of(definition).Groups["Application"].Policies["Endorsement"].Policy;

        Assert.Equal((int)Policy.Types.PolicyType.Signature, policy.Type);
        Assert.Equal(2, SignaturePolicyEnvelope.Parser.ParseFrom(policy.Value).Identities.Count);
    }

    [Fact]
    public void Of_Intermediates_NamesTheOneThatIssues()
    {
        var organization = TestChannels.Organization("Org1MSP") with { Intermediates = ["intermediate"], TlsIntermediates = ["tls"], RevocationLists = ["crl"] };

        var msp = FabricMSPConfig.Parser.ParseFrom(MspDefinitions.Of(organization).Config);

        Assert.Equal("intermediate", msp.FabricNodeOus.PeerOuIdentifier.Certificate.ToStringUtf8());
        Assert.Equal(("intermediate", "tls", "crl"), (msp.IntermediateCerts[0].ToStringUtf8(), msp.TlsIntermediateCerts[0].ToStringUtf8(), msp.RevocationList[0].ToStringUtf8()));
    }

    [Fact]
    public void Of_SeveralIssuers_NamesNone()
    {
        var organization = TestChannels.Organization("Org1MSP") with { Intermediates = ["one", "two"] };

        Assert.Empty(FabricMSPConfig.Parser.ParseFrom(MspDefinitions.Of(organization).Config).FabricNodeOus.PeerOuIdentifier.Certificate);
    }

    // Recorded from Go's time.Duration.String.
    [Theory]
    [InlineData("0s", "0s")]
    [InlineData("200ms", "200ms")]
    [InlineData("2s", "2s")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("60s", "1m0s")]
    [InlineData("10m", "10m0s")]
    [InlineData("61001ms", "1m1.001s")]
    [InlineData("24h", "24h0m0s")]
    [InlineData("2d", "48h0m0s")]
    public void Of_Duration_IsWrittenLikeGo(string text, string expected) => Assert.Equal(expected, GoDuration.Of(Duration.Parse(text).ToTimeSpan()));

    private static (ChannelHeader Channel, SignatureHeader Signature) Headers(Block block)
    {
        var header = Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(block.Data.Data[0]).Payload).Header;
        return (ChannelHeader.Parser.ParseFrom(header.ChannelHeader), SignatureHeader.Parser.ParseFrom(header.SignatureHeader));
    }
}
