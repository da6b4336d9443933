using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Orderer.EtcdRaft;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.Core.Steps.Channels;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Tests.Fabric;
using Baas.Core.Tests.Fabric.Channels;
using Baas.Core.Tests.Fabric.Transport;
using Baas.Testing.Storage;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using DeliverResponse = Baas.Core.Fabric.Protos.Orderer.DeliverResponse;
using FabricStatus = Baas.Core.Fabric.Protos.Common.Status;

namespace Baas.Core.Tests.Steps.Channels;

public sealed class ChannelStepsTests : IAsyncLifetime, IDisposable
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("trade"));
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");
    private static readonly OrganizationName Orderer = OrganizationName.Parse("orderer");
    private static readonly OrganizationName Org1 = OrganizationName.Parse("org1");

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly TestAuthority _authority = new();
    private readonly TestStores _stores = new();
    private readonly FabricAccess _access;
    private readonly List<string> _requests = [];
    private TestNode _node = null!; // InitializeAsync
    private NodeEndpoint _orderer = null!; // InitializeAsync
    private NodeEndpoint _peer = null!; // InitializeAsync

    private string _participation = "";
    private DeliverResponse _delivery = new();
    private byte[] _sent = [];
    private string _creator = "";

    public ChannelStepsTests() => _access = new FabricAccess(_connections, _stores.Identities);

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(HandleAsync, protocols: HttpProtocols.Http1AndHttp2);
        _orderer = _node.Endpoint();
        _peer = _orderer with { Node = NodeReference.Peer(Org1, 1), Role = NodeRole.Peer, AdminPort = null };
        await AddOrganizationAsync(Orderer, "OrdererMSP");
        await AddOrganizationAsync(Org1, "Org1MSP");
        await _stores.Identities.AddNodeAsync(Network, _orderer.Node, new NodeIdentity(MspId.Parse("OrdererMSP"), Issue("orderer"), Issue("tls")), _stop.Token);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose()
    {
        _authority.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task CreateGenesisBlock_Twice_GivesTheStoredBlock()
    {
        var first = await CreateAsync();
        var stored = await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token);
        var second = await CreateAsync();

        Assert.Equal(first, second);
        Assert.Equal(stored, await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token));
        Assert.Equal(Convert.ToHexStringLower(BlockHashes.OfHeader(ConfigBlock.Parse(stored).Header)), first.BlockHash);
    }

    [Fact]
    public async Task CreateGenesisBlock_Specification_StandsInTheBlock()
    {
        await CreateAsync();

        var (channel, config) = ConfigBlock.Read(await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token));
        var (orderer, application) = (config.ChannelGroup.Groups["Orderer"], config.ChannelGroup.Groups["Application"]);
        var raft = ConfigMetadata.Parser.ParseFrom(ConsensusType.Parser.ParseFrom(orderer.Values["ConsensusType"].Value).Metadata);
        var identity = await _stores.Identities.ReadNodeAsync(Network, _orderer.Node, _stop.Token);
        var anchor = Assert.Single(AnchorPeers.Parser.ParseFrom(application.Groups["Org1MSP"].Values["AnchorPeers"].Value).AnchorPeers_);
        var msp = FabricMSPConfig.Parser.ParseFrom(MSPConfig.Parser.ParseFrom(application.Groups["Org1MSP"].Values["MSP"].Value).Config);
        var consenter = Assert.Single(raft.Consenters);
        Assert.Equal(Channel, channel);
        Assert.Equal((_orderer.Host, (uint)_orderer.Port, identity.Tls.LeafPem), (consenter.Host, consenter.Port, consenter.ServerTlsCert.ToStringUtf8()));
        Assert.Equal((_peer.Host, _peer.Port), (anchor.Host, anchor.Port));
        Assert.Equal(("Org1MSP", _authority.Pem), (msp.Name, msp.RootCerts[0].ToStringUtf8()));
        Assert.Equal(["OrdererMSP"], orderer.Groups.Keys);
        Assert.Equal("3s", BatchTimeout.Parser.ParseFrom(orderer.Values["BatchTimeout"].Value).Timeout);
    }

    [Fact]
    public async Task CreateGenesisBlock_Undo_DeletesAndTheAbsentCounts()
    {
        await CreateAsync();
        var step = new CreateGenesisBlock(_stores.Artifacts, _stores.Identities, TimeProvider.System);

        await step.UndoAsync(GenesisInput(), _stop.Token);
        await step.UndoAsync(GenesisInput(), _stop.Token);

        Assert.Null(await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token));
    }

    [Fact]
    public async Task JoinOrderer_StoredBlock_IsSent()
    {
        await CreateAsync();
        _participation = Participation("active", "consenter");

        await new JoinOrderer(_access, _stores.Artifacts).ApplyAsync(new(Network, Channel, _orderer), _stop.Token);

        Assert.Equal(await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token), _sent);
        Assert.Equal(["POST /participation/v1/channels"], _requests);
    }

    [Fact]
    public async Task JoinOrderer_NoStoredBlock_AsksNobody()
    {
        var failure = await Assert.ThrowsAsync<StorageException>(() => new JoinOrderer(_access, _stores.Artifacts).ApplyAsync(new(Network, Channel, _orderer), _stop.Token));

        Assert.Equal("genesis-missing", failure.Code);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task JoinOrderer_Undo_Leaves()
    {
        await new JoinOrderer(_access, _stores.Artifacts).UndoAsync(new(Network, Channel, _orderer), _stop.Token);

        Assert.Equal(["DELETE /participation/v1/channels/mychannel"], _requests);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("onboarding", "consenter", false)]
    [InlineData("active", "follower", false)]
    [InlineData("active", "consenter", true)]
    public async Task OrdererActive_Participation_DecidesFirst(string status, string relation, bool holds)
    {
        await CreateAsync();
        _participation = status.Length == 0 ? "" : Participation(status, relation);
        _delivery = new DeliverResponse { Block = await StoredAsync() };

        var seen = await new OrdererActive(_access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Channel, _orderer), _stop.Token);

        Assert.Equal(holds, seen.Holds);
        Assert.NotEmpty(seen.Detail);
    }

    [Theory]
    [InlineData(FabricStatus.ServiceUnavailable)]
    [InlineData(FabricStatus.NotFound)]
    public async Task OrdererActive_NoLeaderYet_DoesNotHold(FabricStatus status)
    {
        await CreateAsync();
        (_participation, _delivery) = (Participation("active", "consenter"), new DeliverResponse { Status = status });

        var seen = await new OrdererActive(_access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Channel, _orderer), _stop.Token);

        Assert.False(seen.Holds);
    }

    [Fact]
    public async Task OrdererActive_AnotherGenesisBlock_Throws()
    {
        await CreateAsync();
        (_participation, _delivery) = (Participation("active", "consenter"), new DeliverResponse { Block = GenesisBlock.Create(TestChannels.Golden, TimeProvider.System) });

        await Assert.ThrowsAsync<GenesisDiffersException>(
            () => new OrdererActive(_access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Channel, _orderer), _stop.Token));
    }

    [Fact]
    public async Task JoinPeer_StoredBlock_IsSentByTheAdministrator()
    {
        await CreateAsync();

        await new JoinPeer(_access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Channel, _peer), _stop.Token);

        Assert.Equal(await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token), _sent);
        Assert.Equal("Org1MSP", _creator);
    }

    private static string Participation(string status, string relation) =>
        $$"""{"name":"mychannel","url":"","consensusRelation":"{{relation}}","status":"{{status}}","height":1}""";

    private async Task<Block> StoredAsync() => ConfigBlock.Parse(await _stores.Artifacts.FindGenesisAsync(Network, Channel, _stop.Token));

    private Task<CreateGenesisBlock.Output> CreateAsync() =>
        new CreateGenesisBlock(_stores.Artifacts, _stores.Identities, TimeProvider.System).ApplyAsync(GenesisInput(), _stop.Token);

    private CreateGenesisBlock.Input GenesisInput() => new(
        Network,
        new ChannelSpec { Name = Channel, Organizations = [Org1] },
        new OrderingSpec { Nodes = 1, Batch = new BatchSpec { Timeout = Duration.Parse("3s") } },
        [new OrganizationSpec { Name = Org1, MspId = MspId.Parse("Org1MSP"), Peers = 1 }],
        new ChannelCapabilities("V3_0", "V2_0", "V2_5"),
        [_orderer],
        [_peer]);

    private async Task AddOrganizationAsync(OrganizationName organization, string mspId)
    {
        var id = MspId.Parse(mspId);
        await _stores.Identities.PutTrustAsync(
            Network, organization, new OrganizationTrust { MspId = id, Roots = [_authority.Pem], Intermediates = [], TlsRoots = _node.Tls.Roots, TlsIntermediates = [] }, _stop.Token);
        await _stores.Identities.AddUserAsync(Network, organization, UserIdentity.Admin, new UserIdentity(id, Issue("admin"), Issue("admin-tls")), _stop.Token);
    }

    private KeyPair Issue(string name)
    {
        var (certificate, key) = _authority.Issue(name, "admin");
        return new KeyPair(certificate, key);
    }

    private Task HandleAsync(HttpContext context)
    {
        _requests.Add($"{context.Request.Method} {context.Request.Path}");
        return context.Request.Path.Value switch
        {
            "/orderer.AtomicBroadcast/Deliver" => DeliverAsync(context),
            "/protos.Endorser/ProcessProposal" => EndorseAsync(context),
            _ => ParticipateAsync(context),
        };
    }

    private async Task ParticipateAsync(HttpContext context)
    {
        if (context.Request.Method == "POST")
        {
            using var content = new MemoryStream();
            await (await context.Request.ReadFormAsync()).Files[0].CopyToAsync(content);
            _sent = content.ToArray();
        }

        context.Response.StatusCode = context.Request.Method switch
        {
            "POST" => 201,
            "DELETE" => 204,
            _ => _participation.Length > 0 ? 200 : 404,
        };
        if (context.Response.StatusCode != 204)
        {
            await context.Response.WriteAsync(_participation.Length > 0 ? _participation : """{"error":"channel does not exist"}""");
        }
    }

    private async Task DeliverAsync(HttpContext context)
    {
        TestNode.Begin(context);
        await TestNode.ReadAsync(context, Envelope.Parser);
        await TestNode.WriteAsync(context, _delivery);
        TestNode.End(context, 0);
    }

    private async Task EndorseAsync(HttpContext context)
    {
        TestNode.Begin(context);
        var proposal = Proposal.Parser.ParseFrom((await TestNode.ReadAsync(context, SignedProposal.Parser))!.ProposalBytes);
        var signature = SignatureHeader.Parser.ParseFrom(Header.Parser.ParseFrom(proposal.Header).SignatureHeader);
        var input = ChaincodeInvocationSpec.Parser.ParseFrom(ChaincodeProposalPayload.Parser.ParseFrom(proposal.Payload).Input).ChaincodeSpec.Input;
        _creator = SerializedIdentity.Parser.ParseFrom(signature.Creator).Mspid;
        _sent = input.Args.Count > 1 ? input.Args[1].ToByteArray() : _sent;
        await TestNode.WriteAsync(context, new ProposalResponse { Response = new Response { Status = 200, Payload = new ChannelQueryResponse().ToByteString() } });
        TestNode.End(context, 0);
    }
}
