using System.Collections.Concurrent;
using System.Threading.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Storage.Identities;
using Baas.Core.Tests.Fabric.Transport;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using PeerDeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Tests.Fabric;

/// <summary>A peer and orderer in one, on loopback: keeps what it was sent, answers as it is told, and commits what is broadcast.</summary>
internal sealed class TestLedgerNode : IAsyncDisposable
{
    private readonly List<Channel<FilteredTransaction>> _watchers = [];
    private readonly Dictionary<string, Func<ByteString, Response>> _answers = [];
    private TestNode? _node;

    private TestLedgerNode()
    {
    }

    /// <summary>The calls that were made, oldest first.</summary>
    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>The envelopes that were broadcast, oldest first.</summary>
    public ConcurrentQueue<Envelope> Broadcasts { get; } = [];

    public IEnumerable<string> Functions => Calls.Select(call => call.Function);

    public Status BroadcastStatus { get; set; } = Status.Success;

    /// <summary>What it says to envelopes beside the status.</summary>
    public string BroadcastInfo { get; set; } = "as told";

    /// <summary>What an answer to an envelope waits for.</summary>
    public Task BroadcastGate { get; set; } = Task.CompletedTask;

    /// <summary>How many consenters of BFT the channels have; with none they have raft.</summary>
    public int BftConsenters { get; set; }

    public Status? DeliverStatus { get; set; }

    public TxValidationCode Validation { get; set; } = TxValidationCode.Valid;

    /// <summary>Whether followers are hung up on when a transaction is broadcast.</summary>
    public bool HangsUp { get; set; }

    /// <summary>What the endorsement says, apart from what the chaincode returns.</summary>
    public string Effect { get; set; } = "effect";

    /// <summary>What happens with an envelope that is not taken.</summary>
    public Action OnRefusal { get; set; } = () => { };

    /// <summary>What happens with a broadcast transaction before it is committed.</summary>
    public Action OnCommit { get; set; } = () => { };

    public NodeTls Tls => _node!.Tls;

    public static async Task<TestLedgerNode> StartAsync()
    {
        var ledger = new TestLedgerNode();
        ledger._node = await TestNode.StartAsync(ledger.HandleAsync);
        return ledger;
    }

    public NodeEndpoint PeerOf(string organization) =>
        _node!.Endpoint() with { Node = NodeReference.Peer(OrganizationName.Parse(organization), 1), Role = NodeRole.Peer, AdminPort = null };

    public NodeEndpoint OrdererOf(string organization) => _node!.Endpoint() with { Node = NodeReference.Orderer(OrganizationName.Parse(organization), 1) };

    /// <summary>Makes it a node of an organization, which has an administrator then.</summary>
    public async Task JoinAsync(IdentityStore identities, TestAuthority authority, NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        var msp = MspId.Parse("Org1MSP");
        var (certificate, key) = authority.Issue("admin", "admin");
        var keys = new KeyPair(certificate, key);
        await identities.AddUserAsync(network, organization, UserIdentity.Admin, new UserIdentity(msp, keys, keys), cancellationToken);
        await identities.PutTrustAsync(network, organization, new() { MspId = msp, Roots = [], Intermediates = [], TlsRoots = Tls.Roots, TlsIntermediates = [] }, cancellationToken);
    }

    public TestLedgerNode On(string function, Func<ByteString, Response> answer)
    {
        _answers[function] = answer;
        return this;
    }

    public TestLedgerNode On(string function, IMessage answer) => On(function, _ => Success(answer));

    public static Response Success(IMessage? payload = null) => new() { Status = 200, Payload = payload?.ToByteString() ?? ByteString.Empty };

    public static Response Failure(int status, string message) => new() { Status = status, Message = message };

    public ValueTask DisposeAsync() => _node!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        TestNode.Begin(context);
        if (context.Request.Path == FabricMethods.ProcessProposal.Path)
        {
            await TestNode.WriteAsync(context, Endorse((await TestNode.ReadAsync(context, SignedProposal.Parser))!));
        }
        else if (context.Request.Path == FabricMethods.Broadcast.Path)
        {
            var answer = Order((await TestNode.ReadAsync(context, Envelope.Parser))!);
            await BroadcastGate;
            await TestNode.WriteAsync(context, answer);
        }
        else
        {
            await DeliverAsync(context);
        }

        TestNode.End(context, 0);
    }

    private ProposalResponse Endorse(SignedProposal signed)
    {
        var call = Call.Of(signed);
        if (call.Function == "GetChannelConfig")
        {
            return new ProposalResponse { Response = Success(Configuration()) };
        }

        Calls.Enqueue(call);
        var response = _answers.TryGetValue(call.Function, out var answer) ? answer(call.Argument) : Failure(500, $"no answer to {call.Function}");
        var endorsement = new Endorsement { Endorser = ByteString.CopyFromUtf8($"{_node!.Port}"), Signature = ByteString.CopyFromUtf8("signed") };
        return new ProposalResponse { Response = response, Payload = ByteString.CopyFromUtf8(Effect), Endorsement = endorsement };
    }

    private Config Configuration()
    {
        var orderer = new ConfigGroup();
        orderer.Values["ConsensusType"] = new ConfigValue { Value = new ConsensusType { Type = BftConsenters > 0 ? "BFT" : "etcdraft" }.ToByteString() };
        orderer.Values["Orderers"] = new ConfigValue { Value = new Orderers { ConsenterMapping = { Enumerable.Range(1, BftConsenters).Select(id => new Consenter { Id = (uint)id }) } }.ToByteString() };
        return new Config { ChannelGroup = new ConfigGroup { Groups = { ["Orderer"] = orderer } } };
    }

    private BroadcastResponse Order(Envelope envelope)
    {
        Broadcasts.Enqueue(envelope);
        if (BroadcastStatus is Status.Success)
        {
            OnCommit();
            var payload = Payload.Parser.ParseFrom(envelope.Payload);
            var header = ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader);
            Tell(new FilteredTransaction { Txid = header.TxId, TxValidationCode = Validation });
        }

        else
        {
            OnRefusal();
        }

        return new BroadcastResponse { Status = BroadcastStatus, Info = BroadcastInfo };
    }

    private void Tell(FilteredTransaction transaction)
    {
        lock (_watchers)
        {
            foreach (var watcher in _watchers)
            {
                if (!HangsUp)
                {
                    watcher.Writer.TryWrite(new FilteredTransaction { Txid = "another one", TxValidationCode = TxValidationCode.BadPayload });
                    watcher.Writer.TryWrite(transaction);
                }

                watcher.Writer.Complete();
            }
        }
    }

    private async Task DeliverAsync(HttpContext context)
    {
        await TestNode.ReadAsync(context, Envelope.Parser);
        if (DeliverStatus is { } status)
        {
            await TestNode.WriteAsync(context, new PeerDeliverResponse { Status = status });
            return;
        }

        var blocks = Channel.CreateUnbounded<FilteredTransaction>();
        lock (_watchers)
        {
            _watchers.Add(blocks);
        }

        await TestNode.WriteAsync(context, new PeerDeliverResponse { FilteredBlock = new FilteredBlock() });
        await foreach (var transaction in blocks.Reader.ReadAllAsync(context.RequestAborted))
        {
            await TestNode.WriteAsync(context, new PeerDeliverResponse { FilteredBlock = new FilteredBlock { FilteredTransactions = { transaction } } });
        }
    }

    /// <summary>A proposal, decoded.</summary>
    internal sealed record Call(string Channel, string Chaincode, string Function, ByteString Argument, ByteString Creator)
    {
        public static Call Of(SignedProposal signed)
        {
            var proposal = Proposal.Parser.ParseFrom(signed.ProposalBytes);
            var header = Header.Parser.ParseFrom(proposal.Header);
            var payload = ChaincodeProposalPayload.Parser.ParseFrom(proposal.Payload);
            var chaincode = ChaincodeInvocationSpec.Parser.ParseFrom(payload.Input).ChaincodeSpec;
            return new Call(
                ChannelHeader.Parser.ParseFrom(header.ChannelHeader).ChannelId,
                chaincode.ChaincodeId.Name,
                chaincode.Input.Args[0].ToStringUtf8(),
                chaincode.Input.Args.Count > 1 ? chaincode.Input.Args[1] : ByteString.Empty,
                SignatureHeader.Parser.ParseFrom(header.SignatureHeader).Creator);
        }
    }
}
