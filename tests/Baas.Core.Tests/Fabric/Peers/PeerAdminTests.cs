using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Tests.Fabric.Transport;
using Google.Protobuf;
using static Baas.Core.Tests.Fabric.Transport.TestNode;

namespace Baas.Core.Tests.Fabric.Peers;

public sealed class PeerAdminTests : IDisposable
{
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");
    private static readonly Block Genesis = GoldenFiles.Block(0);

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestAuthority _authority = new();
    private readonly EcdsaSigner _signer;
    private readonly List<(string Channel, string Chaincode, IReadOnlyList<ByteString> Arguments)> _calls = [];

    public PeerAdminTests()
    {
        var (certificate, key) = _authority.Issue("admin", "admin");
        _signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), certificate, key);
    }

    private IEnumerable<string> Functions => _calls.Select(call => call.Arguments[0].ToStringUtf8());

    public void Dispose()
    {
        _signer.Dispose();
        _authority.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task JoinAsync_NewChannel_SendsTheBlock()
    {
        await using var node = await StartAsync(function => function == "GetChannels" ? Channels() : Success());

        await Admin(node).JoinAsync(Genesis, _stop.Token);

        Assert.Equal(["GetChannels", "JoinChain"], Functions);
        Assert.All(_calls, call => Assert.Equal(("", "cscc"), (call.Channel, call.Chaincode)));
        Assert.Equal(Genesis, Block.Parser.ParseFrom(_calls[1].Arguments[1]));
    }

    [Fact]
    public async Task JoinAsync_AlreadyAMember_ChecksTheGenesisBlock()
    {
        await using var node = await StartAsync(function => function == "GetChannels" ? Channels("other", "mychannel") : Success(Genesis));

        await Admin(node).JoinAsync(Genesis, _stop.Token);

        Assert.Equal(["GetChannels", "GetBlockByNumber"], Functions);
        Assert.Equal(("mychannel", "qscc"), (_calls[1].Channel, _calls[1].Chaincode));
        Assert.Equal(["mychannel", "0"], _calls[1].Arguments.Skip(1).Select(argument => argument.ToStringUtf8()));
    }

    [Fact]
    public async Task JoinAsync_MemberOfAnotherChannelOfThatName_Throws()
    {
        var other = GenesisBlock.Create(TestGenesis, TimeProvider.System);
        await using var node = await StartAsync(function => function == "GetChannels" ? Channels("mychannel") : Success(other));

        await Assert.ThrowsAsync<GenesisDiffersException>(() => Admin(node).JoinAsync(Genesis, _stop.Token));
    }

    [Fact]
    public async Task JoinAsync_AnotherCallWasFaster_Succeeds()
    {
        var looks = 0;
        await using var node = await StartAsync(function => function switch
        {
            "GetChannels" => looks++ == 0 ? Channels() : Channels("mychannel"),
            "JoinChain" => Failure("cannot create ledger from genesis block: ledger [mychannel] already exists with state [ACTIVE]"),
            _ => Success(Genesis),
        });

        await Admin(node).JoinAsync(Genesis, _stop.Token);

        Assert.Equal(["GetChannels", "JoinChain", "GetChannels", "GetBlockByNumber"], Functions);
    }

    [Fact]
    public async Task JoinAsync_LedgerWithoutChannel_IsRefused()
    {
        await using var node = await StartAsync(function => function == "GetChannels" ? Channels() : Failure("ledger [mychannel] already exists with state [INACTIVE]"));

        await Assert.ThrowsAsync<PeerRejectedException>(() => Admin(node).JoinAsync(Genesis, _stop.Token));
    }

    [Fact]
    public async Task JoinAsync_NoAdministrator_IsRefused()
    {
        await using var node = await StartAsync(function => function == "GetChannels" ? Channels() : Failure("access denied for [JoinChain][mychannel]"));

        var refusal = await Assert.ThrowsAsync<PeerRejectedException>(() => Admin(node).JoinAsync(Genesis, _stop.Token));

        Assert.Equal((500, false), (refusal.Status, refusal.IsTransient));
    }

    [Fact]
    public async Task ReadLedgerAsync_Member_GivesTheHeight()
    {
        await using var node = await StartAsync(_ => Success(new BlockchainInfo { Height = 7 }));

        Assert.Equal(7UL, (await Admin(node).ReadLedgerAsync(Channel, _stop.Token)).Height);
        Assert.Equal(["GetChainInfo"], Functions);
    }

    private static ChannelDefinition TestGenesis => Fabric.Channels.TestChannels.Golden;

    private static Response Success(IMessage? payload = null) => new() { Status = 200, Payload = payload?.ToByteString() ?? ByteString.Empty };

    private static Response Failure(string message) => new() { Status = 500, Message = message };

    private static Response Channels(params string[] names) =>
        Success(new ChannelQueryResponse { Channels = { names.Select(name => new ChannelInfo { ChannelId = name }) } });

    private PeerAdmin Admin(TestNode node) => new(new Endorser(_connections.To(node.Endpoint(), node.Tls), _signer, TimeProvider.System));

    private Task<TestNode> StartAsync(Func<string, Response> answer) => TestNode.StartAsync(async context =>
    {
        Begin(context);
        var signed = await ReadAsync(context, SignedProposal.Parser);
        var proposal = Proposal.Parser.ParseFrom(signed!.ProposalBytes);
        var header = ChannelHeader.Parser.ParseFrom(Header.Parser.ParseFrom(proposal.Header).ChannelHeader);
        var spec = ChaincodeInvocationSpec.Parser.ParseFrom(ChaincodeProposalPayload.Parser.ParseFrom(proposal.Payload).Input).ChaincodeSpec;
        _calls.Add((header.ChannelId, spec.ChaincodeId.Name, spec.Input.Args));
        await WriteAsync(context, new ProposalResponse { Response = answer(spec.Input.Args[0].ToStringUtf8()) });
        End(context, 0);
    });
}
