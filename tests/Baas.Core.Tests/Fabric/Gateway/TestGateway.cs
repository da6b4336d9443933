using System.Collections.Concurrent;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Tests.Fabric.Transport;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using RpcStatus = Baas.Core.Fabric.Protos.Rpc.Status;

namespace Baas.Core.Tests.Fabric.Gateway;

/// <summary>A peer's gateway on loopback that keeps what it was sent and answers as it is told.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly Dictionary<string, Func<HttpContext, byte[], Task>> _answers = [];
    private TestNode? _node;

    /// <summary>The methods that were called, oldest first.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The requests, oldest first.</summary>
    public ConcurrentQueue<byte[]> Requests { get; } = [];

    public GatewayPeer Peer => new("orderer.example.com", _node!.Port, _node.Tls.Roots) { Dial = "127.0.0.1" };

    public int Connections => _node!.Connections;

    public static async Task<TestGateway> StartAsync()
    {
        var gateway = new TestGateway();
        gateway._node = await TestNode.StartAsync(gateway.HandleAsync);
        return gateway
            .On(FabricMethods.Endorse, bytes => new EndorseResponse { PreparedTransaction = Prepared(EndorseRequest.Parser.ParseFrom(bytes).ProposedTransaction, "made") })
            .On(FabricMethods.Evaluate, _ => new EvaluateResponse { Result = new Response { Status = 200, Payload = ByteString.CopyFromUtf8("seen") } })
            .On(FabricMethods.Submit, _ => new SubmitResponse())
            .On(FabricMethods.CommitStatus, _ => new CommitStatusResponse { Result = TxValidationCode.Valid, BlockNumber = 7 });
    }

    /// <summary>Answers with a message.</summary>
    public TestGateway On<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, Func<byte[], TResponse> answer)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Handle(method, async (context, request) =>
        {
            await TestNode.WriteAsync(context, answer(request));
            TestNode.End(context, 0);
        });

    /// <summary>Fails as Fabric's gateway does.</summary>
    public TestGateway Fail<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, GrpcStatus status, string message, params string[] details)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Handle(method, (context, _) =>
        {
            var said = new RpcStatus { Code = (int)status, Message = message, Details = { details.Select(detail => Any.Pack(new ErrorDetail { Address = "peer:7051", MspId = "Org1MSP", Message = detail })) } };
            TestNode.End(context, (int)status, Uri.EscapeDataString(message), details.Length == 0 ? null : Convert.ToBase64String(said.ToByteArray()).TrimEnd('='));
            return Task.CompletedTask;
        });

    /// <summary>Answers in whatever way.</summary>
    public TestGateway Handle<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, Func<HttpContext, byte[], Task> answer)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        _answers[method.Path] = answer;
        return this;
    }

    /// <summary>How it answers now.</summary>
    public Func<HttpContext, byte[], Task> HandlerOf<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => _answers[method.Path];

    public ValueTask DisposeAsync() => _node!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        TestNode.Begin(context);
        var path = context.Request.Path.Value!;
        var header = new byte[5];
        await context.Request.Body.ReadExactlyAsync(header);
        var request = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await context.Request.Body.ReadExactlyAsync(request);
        Calls.Enqueue(path[(path.LastIndexOf('/') + 1)..]);
        Requests.Enqueue(request);
        await _answers[path](context, request);
    }

    private static Envelope Prepared(SignedProposal signed, string result)
    {
        var proposal = Proposal.Parser.ParseFrom(signed.ProposalBytes);
        var action = new ChaincodeAction { Response = new Response { Status = 200, Payload = ByteString.CopyFromUtf8(result) } };
        var endorsed = new ChaincodeActionPayload { Action = new ChaincodeEndorsedAction { ProposalResponsePayload = new ProposalResponsePayload { Extension = action.ToByteString() }.ToByteString() } };
        var transaction = new Transaction { Actions = { new TransactionAction { Payload = endorsed.ToByteString() } } };
        return new Envelope { Payload = new Payload { Header = Header.Parser.ParseFrom(proposal.Header), Data = transaction.ToByteString() }.ToByteString() };
    }
}
