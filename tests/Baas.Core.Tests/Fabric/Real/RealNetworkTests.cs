using System.Globalization;
using System.Text;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Tests.Fabric.Channels;
using Baas.Testing;
using Baas.Testing.Fabric;
using Baas.Testing.Time;
using Google.Protobuf;

namespace Baas.Core.Tests.Fabric.Real;

/// <summary>Fabric's own programs judge the channels that are made here.</summary>
public sealed class RealNetworkTests : IAsyncLifetime
{
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(2));
    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly TestFolder _folder = new();
    private readonly RealOrganization _ordering;
    private readonly RealOrganization _member;
    private readonly List<RealNode> _orderers = [];
    private readonly RealNode _peer;

    public RealNetworkTests()
    {
        _ordering = new RealOrganization(_folder, "OrdererMSP");
        _member = new RealOrganization(_folder, "Org1MSP");
        _peer = new RealNode(_member, _folder, NodeRole.Peer, 1);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        foreach (var orderer in _orderers)
        {
            await orderer.DisposeAsync();
        }

        _ordering.Dispose();
        _member.Dispose();
        _folder.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    [FabricBinariesFact]
    public Task Create_Raft_IsWhatConfigtxgenMakes() => CompareAsync(Define(Consensus.Raft, 3));

    [BftFact]
    public Task Create_Bft_IsWhatConfigtxgenMakes() => CompareAsync(Define(Consensus.Bft, 4));

    [FabricBinariesFact]
    public Task Orderers_Raft_JoinOrderChangeAndLeave() => OpenAsync(Define(Consensus.Raft, 3));

    [BftFact]
    public Task Orderers_Bft_JoinOrderChangeAndLeave() => OpenAsync(Define(Consensus.Bft, 4));

    [FabricBinariesFact]
    public async Task Peer_GenesisBlock_Joins()
    {
        var genesis = GenesisBlock.Create(Define(Consensus.Raft, 1), TimeProvider.System);
        await _peer.StartAsync(_stop.Token);
        using var administrator = _member.Administrator();
        var peer = new PeerAdmin(new Endorser(_connections.To(_peer.Endpoint, _peer.Trust), administrator, TimeProvider.System));

        await peer.JoinAsync(genesis, _stop.Token);
        await peer.JoinAsync(genesis, _stop.Token);

        var other = GenesisBlock.Create(Define(Consensus.Raft, 1), TimeProvider.System);
        Assert.Equal([Channel], await peer.ListChannelsAsync(_stop.Token));
        Assert.Equal(BlockHashes.OfHeader(genesis.Header), (await peer.ReadLedgerAsync(Channel, _stop.Token)).CurrentBlockHash.ToByteArray());
        await Assert.ThrowsAsync<GenesisDiffersException>(() => peer.JoinAsync(other, _stop.Token));
    }

    private async Task OpenAsync(ChannelDefinition definition)
    {
        var genesis = GenesisBlock.Create(definition, TimeProvider.System);
        using var administrator = _ordering.Administrator();
        await Task.WhenAll(_orderers.Select(orderer => orderer.StartAsync(_stop.Token)));
        await Task.WhenAll(_orderers.Select(orderer => JoinAsync(orderer, genesis)));
        await Task.WhenAll(_orderers.Select(orderer => ReadyAsync(orderer, genesis, administrator)));

        await ChangeAsync(definition, administrator);

        var last = Participation(_orderers[^1]);
        await last.RemoveAsync(Channel, _stop.Token);
        await Until.TrueAsync(async () => await last.FindAsync(Channel, _stop.Token) is null, _orderers[^1].Log, _stop.Token);
        await last.RemoveAsync(Channel, _stop.Token);
        Assert.Empty(await last.ListAsync(_stop.Token));
    }

    private async Task JoinAsync(RealNode orderer, Block genesis)
    {
        Assert.Empty(await Participation(orderer).ListAsync(_stop.Token));
        await Participation(orderer).JoinAsync(Channel, genesis.ToByteArray(), _stop.Token);
        await Participation(orderer).JoinAsync(Channel, genesis.ToByteArray(), _stop.Token);
        await Until.TrueAsync(async () => (await Participation(orderer).FindAsync(Channel, _stop.Token))!.IsActiveConsenter, orderer.Log, _stop.Token);
    }

    private async Task ReadyAsync(RealNode orderer, Block genesis, EcdsaSigner administrator)
    {
        var delivery = new BlockDelivery(_connections.To(orderer.Endpoint, orderer.Trust), administrator, TimeProvider.System);
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    return (await delivery.ReadAsync(Channel, 0, _stop.Token)).Header.Equals(genesis.Header);
                }
                catch (DeliveryRefusedException refusal) when (refusal.IsTransient)
                {
                    return false;
                }
            },
            orderer.Log,
            _stop.Token);
    }

    private async Task ChangeAsync(ChannelDefinition definition, EcdsaSigner administrator)
    {
        List<NodeConnection> orderers = [.. _orderers.Select(orderer => _connections.To(orderer.Endpoint, orderer.Trust))];
        var delivery = new BlockDelivery(orderers[0], administrator, TimeProvider.System);
        var current = (await delivery.ReadConfigAsync(Channel, _stop.Token)).Config;
        var wanted = ConfigEdits.SetBatch(current, definition.Batch with { Timeout = Duration.Parse("1500ms") });
        var update = ConfigUpdates.Compute(Channel, current, wanted)!;
        var bytes = ConfigSignatures.BytesOf(update);
        var envelope = ConfigSignatures.Envelope(Channel, bytes, [ConfigSignatures.Sign(bytes, administrator)], administrator, TimeProvider.System);

        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    await new Broadcaster(orderers, TimeProvider.System).SendAsync(envelope, "change the batch", _stop.Token);
                    return true;
                }
                catch (OrderersUnavailableException)
                {
                    return false;
                }
            },
            _orderers[0].Log,
            _stop.Token);
        await Until.TrueAsync(async () => (await delivery.ReadNewestAsync(Channel, _stop.Token)).Header.Number == 1, _orderers[0].Log, _stop.Token);

        Assert.Equal(ConfigUpdates.Apply(update, current), (await delivery.ReadConfigAsync(Channel, _stop.Token)).Config);
    }

    private ChannelParticipation Participation(RealNode orderer) => new(_connections.To(orderer.Endpoint, orderer.AdminTrust));

    private ChannelDefinition Define(Consensus consensus, int orderers)
    {
        _orderers.AddRange(Enumerable.Range(1, orderers).Select(number => new RealNode(_ordering, _folder, NodeRole.Orderer, number)));
        return new ChannelDefinition
        {
            Name = Channel,
            Capabilities = new(BftFactAttribute.KnowsBft ? "V3_0" : "V2_0", "V2_0", "V2_5"),
            Consensus = consensus,
            Batch = new BatchSpec { MaxMessages = 100 }, // what configtxgen puts into the options of BFT, too
            Ordering = _ordering.Public,
            Consenters = [.. _orderers.Select(orderer => new ChannelConsenter(AddressOf(orderer), _ordering.MspId, orderer.SigningCertificate, orderer.TlsCertificate))],
            Members = [_member.Public with { AnchorPeers = [AddressOf(_peer)] }],
        };
    }

    private static ChannelAddress AddressOf(RealNode node) => new(node.Endpoint.Host, node.Endpoint.Port);

    private async Task CompareAsync(ChannelDefinition definition)
    {
        await File.WriteAllTextAsync(_folder.In("configtx.yaml"), Yaml(definition), _stop.Token);
        Dictionary<string, string> environment = new() { ["FABRIC_CFG_PATH"] = _folder.Path };
        await FabricBinaries.RunAsync("configtxgen", environment, "-profile", "Test", "-channelID", $"{Channel}", "-outputBlock", _folder.In("theirs.block"));
        var ours = GenesisBlock.Create(definition, TimeProvider.System);
        await File.WriteAllBytesAsync(_folder.In("ours.block"), ours.ToByteArray(), _stop.Token);

        var theirs = ConfigBlock.Read(await File.ReadAllBytesAsync(_folder.In("theirs.block"), _stop.Token)).Config;

        Assert.Equal(TestChannels.Flat(theirs.ChannelGroup), TestChannels.Flat(ConfigBlock.Read(ours).Config.ChannelGroup));
        Assert.Equal(Group(await InspectAsync("theirs.block")), Group(await InspectAsync("ours.block")));

        async Task<string> InspectAsync(string file)
        {
            await FabricBinaries.RunAsync("configtxlator", environment, "proto_decode", "--input", _folder.In(file), "--type", "common.Block", "--output", _folder.In(file + ".json"));
            return await File.ReadAllTextAsync(_folder.In(file + ".json"), _stop.Token);
        }
    }

    // The configuration alone: headers tell time and nonce.
    private static string Group(string block) => block[block.IndexOf("\"channel_group\"", StringComparison.Ordinal)..block.IndexOf("\"signature_header\"", StringComparison.Ordinal)]
        .Split("\"header\"")[0];

    private string Yaml(ChannelDefinition definition)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $$"""
            Profiles:
              Test:
                Capabilities: { {{definition.Capabilities.Channel}}: true }
                Policies: &usual
                  Readers: { Type: ImplicitMeta, Rule: "ANY Readers" }
                  Writers: { Type: ImplicitMeta, Rule: "ANY Writers" }
                  Admins: { Type: ImplicitMeta, Rule: "MAJORITY Admins" }
                Orderer:
                  OrdererType: {{(definition.Consensus == Consensus.Bft ? "BFT" : "etcdraft")}}
                  BatchTimeout: 2s
                  BatchSize: { MaxMessageCount: 100, AbsoluteMaxBytes: 10485760, PreferredMaxBytes: 2097152 }
                  Capabilities: { V2_0: true }
                  Policies:
                    <<: *usual
                    BlockValidation: { Type: ImplicitMeta, Rule: "ANY Writers" }
                  Organizations:
                    - Name: OrdererMSP
                      ID: OrdererMSP
                      MSPDir: {{_ordering.MspFolder}}
                      OrdererEndpoints: [{{string.Join(", ", definition.Consenters.Select(consenter => $"\"{consenter.Address}\""))}}]
                      Policies:
                        Readers: { Type: Signature, Rule: "OR('OrdererMSP.member')" }
                        Writers: { Type: Signature, Rule: "OR('OrdererMSP.member')" }
                        Admins: { Type: Signature, Rule: "OR('OrdererMSP.admin')" }
            {{Consenters(definition)}}
                Application:
                  Capabilities: { V2_5: true }
                  Policies:
                    <<: *usual
                    LifecycleEndorsement: { Type: ImplicitMeta, Rule: "MAJORITY Endorsement" }
                    Endorsement: { Type: ImplicitMeta, Rule: "MAJORITY Endorsement" }
                  Organizations:
                    - Name: Org1MSP
                      ID: Org1MSP
                      MSPDir: {{_member.MspFolder}}
                      AnchorPeers: [{ Host: 127.0.0.1, Port: {{_peer.Endpoint.Port}} }]
                      Policies:
                        Readers: { Type: Signature, Rule: "OR('Org1MSP.admin', 'Org1MSP.peer', 'Org1MSP.client')" }
                        Writers: { Type: Signature, Rule: "OR('Org1MSP.admin', 'Org1MSP.client')" }
                        Admins: { Type: Signature, Rule: "OR('Org1MSP.admin')" }
                        Endorsement: { Type: Signature, Rule: "OR('Org1MSP.peer')" }
            """);
        return yaml.ToString();
    }

    private string Consenters(ChannelDefinition definition)
    {
        var isBft = definition.Consensus == Consensus.Bft;
        var lines = definition.Consenters.Select((consenter, index) =>
        {
            var folder = _folder.In("OrdererMSP", $"node-{index + 1}");
            var certificates = $"Host: 127.0.0.1, Port: {consenter.Address.Port}, ClientTLSCert: {folder}/tls/cert.pem, ServerTLSCert: {folder}/tls/cert.pem";
            return isBft
                ? $"        - {{ ID: {index + 1}, MSPID: OrdererMSP, Identity: {folder}/msp/signcerts/cert.pem, {certificates} }}"
                : $"          - {{ {certificates} }}";
        });
        return (isBft ? "      ConsenterMapping:\n" : "      EtcdRaft:\n        Consenters:\n") + string.Join('\n', lines);
    }
}
