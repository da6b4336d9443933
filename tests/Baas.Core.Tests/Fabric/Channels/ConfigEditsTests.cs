using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Orderer.EtcdRaft;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Fabric.Channels;

public sealed class ConfigEditsTests
{
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");
    private static readonly Config Raft = TestChannels.GoldenConfig;
    private static readonly Config Bft = new() { ChannelGroup = ChannelConfigs.Of(TestChannels.Golden with { Consensus = Consensus.Bft }) };

    [Fact]
    public void SetAnchorPeers_None_RemovesTheValue() =>
        Assert.DoesNotContain("AnchorPeers", ConfigEdits.SetAnchorPeers(Raft, "Org1MSP", []).ChannelGroup.Groups["Application"].Groups["Org1MSP"].Values.Keys);

    [Fact]
    public void SetAnchorPeers_NoMember_Throws() => Assert.Throws<ConfigEditException>(() => ConfigEdits.SetAnchorPeers(Raft, "Org9MSP", []));

    [Fact]
    public void RemoveOrganization_AMember_IsGone()
    {
        var edited = ConfigEdits.RemoveOrganization(Raft, "Org2MSP");

        Assert.Equal(["Org1MSP"], edited.ChannelGroup.Groups["Application"].Groups.Keys);
        Assert.Equal(2, Raft.ChannelGroup.Groups["Application"].Groups.Count);
        Assert.Equal(edited, ConfigEdits.RemoveOrganization(edited, "Org2MSP"));
    }

    [Fact]
    public void SetCapabilities_AsTheyAre_ChangesNothing() =>
        Assert.Null(ConfigUpdates.Compute(Channel, Raft, ConfigEdits.SetCapabilities(Raft, TestChannels.Golden.Capabilities)));

    [Fact]
    public void SetCapabilities_Others_ChangesThoseOnly()
    {
        var update = ConfigUpdates.Compute(Channel, Raft, ConfigEdits.SetCapabilities(Raft, new("V3_0", "V2_0", "V2_0")))!;

        Assert.Equal(["Application"], update.WriteSet.Groups.Keys);
        Assert.Equal(1UL, update.WriteSet.Groups["Application"].Values["Capabilities"].Version);
    }

    [Fact]
    public void PutConsenter_Raft_JoinsConsentersAndEndpoints()
    {
        var edited = ConfigEdits.PutConsenter(Raft, "OrdererOrg", TestChannels.Consenter(1, 17080));

        Assert.Equal([17050u, 17060u, 17070u, 17080u], RaftOf(edited).Consenters.Select(consenter => consenter.Port));
        Assert.Equal(RaftOf(Raft).Options, RaftOf(edited).Options);
        Assert.Equal("127.0.0.1:17080", EndpointsOf(edited)[^1]);
        Assert.Equal(Raft, ConfigEdits.RemoveConsenter(edited, "OrdererOrg", new("127.0.0.1", 17080)));
    }

    [Fact]
    public void PutConsenter_KnownAddress_ChangesTheCertificates()
    {
        var edited = ConfigEdits.PutConsenter(Raft, "OrdererOrg", TestChannels.Consenter(3, 17060));

        Assert.Equal(3, RaftOf(edited).Consenters.Count);
        Assert.Equal(RaftOf(Raft).Consenters[2].ServerTlsCert, RaftOf(edited).Consenters[1].ServerTlsCert);
        Assert.Equal(EndpointsOf(Raft), EndpointsOf(edited));
    }

    [Fact]
    public void PutConsenter_Bft_GetsANumberThatNobodyHadAndSignsBlocks()
    {
        var smaller = ConfigEdits.RemoveConsenter(Bft, "OrdererOrg", new("127.0.0.1", 17060));

        var edited = ConfigEdits.PutConsenter(smaller, "OrdererOrg", TestChannels.Consenter(2, 17080));

        var orderer = edited.ChannelGroup.Groups["Orderer"];
        var consenters = Orderers.Parser.ParseFrom(orderer.Values["Orderers"].Value).ConsenterMapping;
        Assert.Equal([1u, 3u, 4u], consenters.Select(consenter => consenter.Id));
        Assert.Equal(ConsensusSettings.BftBlockValidation(consenters), orderer.Policies["BlockValidation"].Policy);
    }

    [Fact]
    public void PutConsenter_NoConsensus_Throws()
    {
        var config = Raft.Clone();
        config.ChannelGroup.Groups["Orderer"].Values.Remove("ConsensusType");

        Assert.Throws<ConfigEditException>(() => ConfigEdits.PutConsenter(config, "OrdererOrg", TestChannels.Consenter(1, 1)));
    }

    [Fact]
    public void Envelope_SignedUpdate_CanBeChecked()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("admin", "admin");
        using var signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), certificate, key);
        var update = ConfigSignatures.BytesOf(ConfigUpdates.Compute(Channel, Raft, ConfigEdits.SetAnchorPeers(Raft, "Org1MSP", []))!);

        var envelope = ConfigSignatures.Envelope(Channel, update, [ConfigSignatures.Sign(update, signer)], signer, TimeProvider.System);

        var payload = Payload.Parser.ParseFrom(envelope.Payload);
        var header = ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader);
        var content = ConfigUpdateEnvelope.Parser.ParseFrom(payload.Data);
        var signature = Assert.Single(content.Signatures);
        using var shown = X509Certificate2.CreateFromPem(certificate);
        using var verifier = shown.GetECDsaPublicKey()!;
        Assert.Equal(((int)HeaderType.ConfigUpdate, "mychannel"), (header.Type, header.ChannelId));
        Assert.Equal(update, content.ConfigUpdate);
        Assert.Equal("Org1MSP", SerializedIdentity.Parser.ParseFrom(SignatureHeader.Parser.ParseFrom(signature.SignatureHeader).Creator).Mspid);
        Assert.True(verifier.VerifyData([.. signature.SignatureHeader, .. update], signature.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.True(verifier.VerifyData(envelope.Payload.Span, envelope.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static ConfigMetadata RaftOf(Config config) =>
        ConfigMetadata.Parser.ParseFrom(ConsensusType.Parser.ParseFrom(config.ChannelGroup.Groups["Orderer"].Values["ConsensusType"].Value).Metadata);

    private static IReadOnlyList<string> EndpointsOf(Config config) =>
        OrdererAddresses.Parser.ParseFrom(config.ChannelGroup.Groups["Orderer"].Groups["OrdererOrg"].Values["Endpoints"].Value).Addresses;
}
