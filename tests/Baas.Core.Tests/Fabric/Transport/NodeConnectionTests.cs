using System.Net;
using System.Text;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;
using Baas.Testing.Programs;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using static Baas.Core.Tests.Fabric.Transport.TestNode;
using FabricStatus = Baas.Core.Fabric.Protos.Common.Status;

namespace Baas.Core.Tests.Fabric.Transport;

public sealed class NodeConnectionTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(50);

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));

    public void Dispose()
    {
        _connections.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task CallAsync_NodeAnswers_GivesTheAnswer()
    {
        string? te = null, timeout = null, type = null, path = null;
        await using var node = await StartAsync(async context =>
        {
            (te, timeout, type, path) = (context.Request.Headers.TE, context.Request.Headers["grpc-timeout"], context.Request.ContentType, context.Request.Path);
            await EchoAsync(context);
        });

        var answer = await CallAsync(node, Message("hello"));

        Assert.Equal("hello", answer.Info);
        Assert.Equal(("trailers", "50000m", "application/grpc", "/orderer.AtomicBroadcast/Broadcast"), (te, timeout, type, path));
    }

    [Fact]
    public async Task CallAsync_ManyAtOnce_ShareTheConnection()
    {
        await using var node = await StartAsync(EchoAsync);
        await CallAsync(node, Message("first"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => CallAsync(node, Message($"{number}"))));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}"), answers.Select(answer => answer.Info));
        Assert.Equal(1, node.Connections);
        Assert.Equal(1, _connections.Count);
    }

    [Theory]
    [InlineData(14, "no Raft leader", true)]
    [InlineData(8, "too many requests", true)]
    [InlineData(8, "message larger than max (2 vs. 1)", false)]
    [InlineData(7, "access denied", false)]
    [InlineData(99, "from the future", false)]
    public async Task CallAsync_NodeRefusesAfterAMessage_ThrowsItsStatus(int status, string message, bool transient)
    {
        await using var node = await StartAsync(async context =>
        {
            Begin(context);
            await WriteAsync(context, new BroadcastResponse());
            End(context, status, Uri.EscapeDataString(message), "CAcSAWE");
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync(node, Message("x")));

        Assert.Equal(status == 99 ? GrpcStatus.Unknown : (GrpcStatus)status, failure.Status);
        Assert.Equal(message, failure.Detail);
        Assert.Equal(transient, failure.IsTransient);
        Assert.Equal("node-call-failed", failure.Code);
        Assert.Equal(7, Baas.Core.Fabric.Protos.Rpc.Status.Parser.ParseFrom(failure.StatusDetails).Code);
    }

    [Fact]
    public async Task CallAsync_AnswerIsHeadersOnly_ThrowsItsStatus()
    {
        await using var node = await StartAsync(context =>
        {
            Begin(context);
            context.Response.Headers["grpc-status"] = "12";
            context.Response.Headers["grpc-message"] = "unknown service protos.Nothing%20at%20all";
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync(node, Message("x")));

        Assert.Equal((GrpcStatus.Unimplemented, "unknown service protos.Nothing at all"), (failure.Status, failure.Detail));
    }

    [Fact]
    public async Task CallAsync_AnswerIsNoGrpc_IsJudgedByItsHttpStatus()
    {
        await using var node = await StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("<html>");
        });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync(node, Message("x")));

        Assert.Equal((GrpcStatus.Unavailable, true), (failure.Status, failure.IsTransient));
    }

    [Fact]
    public async Task CallAsync_LargeMessages_ArriveWhole()
    {
        await using var node = await StartAsync(EchoAsync);

        var answer = await CallAsync(node, Message(new string('x', 8 * 1024 * 1024)));

        Assert.Equal(8 * 1024 * 1024, answer.Info.Length);
    }

    [Fact]
    public async Task CallAsync_MessageOverTheLimit_IsNotSent()
    {
        await using var node = await StartAsync(EchoAsync);
        var message = new Envelope { Payload = UnsafeByteOperations.UnsafeWrap(new byte[GrpcFrame.LongestMessage + 1]) };

        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync(node, message));

        Assert.Equal((GrpcStatus.ResourceExhausted, false), (failure.Status, failure.IsTransient));
    }

    [Fact]
    public async Task CallAsync_NoAnswerInTime_ThrowsDeadlineExceededAndTellsTheNode()
    {
        var told = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var node = await StartAsync(context =>
        {
            begun.TrySetResult();
            return HangAsync(context, told);
        });

        for (var deadline = TimeSpan.FromMilliseconds(100); !begun.Task.IsCompleted; deadline *= 2) // a slow machine does not even reach the node in so short a time
        {
            var failure = await Assert.ThrowsAsync<GrpcException>(() => Connect(node).CallAsync(FabricMethods.Broadcast, Message("x"), deadline, _stop.Token));
            Assert.Equal((GrpcStatus.DeadlineExceeded, true), (failure.Status, failure.IsTransient));
        }

        await told.Task.WaitAsync(_stop.Token);
    }

    [Fact]
    public async Task CallAsync_CallerGivesUp_IsCancelledAndTellsTheNode()
    {
        var told = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var node = await StartAsync(context =>
        {
            begun.SetResult();
            return HangAsync(context, told);
        });
        using var caller = new CancellationTokenSource();

        var call = Connect(node).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, caller.Token);
        await begun.Task.WaitAsync(_stop.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await told.Task.WaitAsync(_stop.Token);
    }

    [Fact]
    public async Task CallAsync_NodeBreaksOff_IsTransient()
    {
        await using var node = await StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAnyAsync<BaasException>(() => CallAsync(node, Message("x")));

        Assert.Equal("node-call-failed", failure.Code);
    }

    [Fact]
    public async Task Open_BothWays_InterleavesAndEndsWell()
    {
        await using var node = await StartAsync(EchoAsync);
        await using var call = Connect(node).Open(FabricMethods.Broadcast, Deadline, _stop.Token);

        foreach (var text in new[] { "a", "b", "c" })
        {
            await call.WriteAsync(Message(text));
            Assert.Equal(text, (await call.ReadAsync())?.Info);
        }

        call.Complete();
        Assert.Null(await call.ReadAsync());
        Assert.Null(await call.ReadAsync());
    }

    [Fact]
    public async Task Open_DisposedBeforeItsEnd_TellsTheNode()
    {
        var told = new TaskCompletionSource();
        await using var node = await StartAsync(async context =>
        {
            Begin(context);
            await WriteAsync(context, new BroadcastResponse { Info = "one" });
            await HangAsync(context, told);
        });

        await using (var call = Connect(node).Open(FabricMethods.Broadcast, Timeout.InfiniteTimeSpan, _stop.Token))
        {
            await call.WriteAsync(Message("x"));
            Assert.Equal("one", (await call.ReadAsync())?.Info);
        }

        await told.Task.WaitAsync(_stop.Token);
    }

    [Fact]
    public async Task CallAsync_NobodyListens_IsUnreachableAndTransient()
    {
        using var closed = new ClosedPort();
        await using var node = await StartAsync(EchoAsync);

        var failure = await Assert.ThrowsAsync<NodeUnreachableException>(() =>
            _connections.To(node.Endpoint() with { Port = closed.Number }, node.Tls).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token));

        Assert.Equal(("node-unreachable", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task CallAsync_ForeignRoot_IsUntrusted()
    {
        using var other = new TestAuthority("other");
        await using var node = await StartAsync(EchoAsync);

        var failure = await Assert.ThrowsAsync<NodeUntrustedException>(() =>
            _connections.To(node.Endpoint(), new NodeTls { Roots = [other.Pem] }).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token));

        Assert.Equal(("node-untrusted", false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task CallAsync_CertificateForAnotherHost_IsUntrusted()
    {
        await using var node = await StartAsync(EchoAsync);

        await Assert.ThrowsAsync<NodeUntrustedException>(() =>
            _connections.To(node.Endpoint("peer.example.com"), node.Tls).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token));
    }

    [Fact]
    public async Task CallAsync_HostIsAnAddress_IsCheckedAgainstTheCertificate()
    {
        await using var node = await StartAsync(EchoAsync, ["10.1.2.3"]);

        var answer = await _connections.To(node.Endpoint("10.1.2.3"), node.Tls).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token);

        Assert.Equal("x", answer.Info);
        await Assert.ThrowsAsync<NodeUntrustedException>(() =>
            _connections.To(node.Endpoint("10.1.2.4"), node.Tls).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token));
    }

    [Fact]
    public async Task CallAsync_NodeAsksForACertificate_TheRightOnePasses()
    {
        using var clients = new TestAuthority("clients");
        await using var node = await StartAsync(EchoAsync, clients: clients);
        var (certificate, key) = clients.Issue("admin");

        var answer = await _connections.To(node.Endpoint(), node.Tls with { Client = new ClientCertificate(certificate, key) })
            .CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token);

        Assert.Equal("x", answer.Info);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallAsync_NodeAsksForACertificate_NoneOrAForeignOneIsRefused(bool shown)
    {
        using var clients = new TestAuthority("clients");
        using var others = new TestAuthority("others");
        await using var node = await StartAsync(EchoAsync, clients: clients);
        var (certificate, key) = others.Issue("admin");
        var tls = node.Tls with { Client = shown ? new ClientCertificate(certificate, key) : null };

        // Kestrel closes the connection without saying why, a Go server sends an alert; both have to end, and none well.
        await Assert.ThrowsAnyAsync<BaasException>(() => _connections.To(node.Endpoint(), tls).CallAsync(FabricMethods.Broadcast, Message("x"), Deadline, _stop.Token));
    }

    [Fact]
    public async Task SendAsync_PlainHttp_GivesStatusAndBody()
    {
        await using var node = await StartAsync(
            async context =>
            {
                context.Response.StatusCode = 405;
                await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path} {context.Request.Protocol}");
            },
            protocols: HttpProtocols.Http1);

        var reply = await Connect(node).SendAsync(HttpMethod.Delete, "/participation/v1/channels/c", null, Deadline, _stop.Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.Status);
        Assert.Equal("DELETE /participation/v1/channels/c HTTP/1.1", reply.Text);
    }

    private NodeConnection Connect(TestNode node) => _connections.To(node.Endpoint(), node.Tls);

    private Task<BroadcastResponse> CallAsync(TestNode node, Envelope envelope) => Connect(node).CallAsync(FabricMethods.Broadcast, envelope, Deadline, _stop.Token);

    private static Envelope Message(string text) => new() { Payload = ByteString.CopyFrom(text, Encoding.UTF8) };

    private static async Task EchoAsync(HttpContext context)
    {
        Begin(context);
        while (await ReadAsync(context, Envelope.Parser) is { } envelope)
        {
            await WriteAsync(context, new BroadcastResponse { Status = FabricStatus.Success, Info = envelope.Payload.ToStringUtf8() });
        }

        End(context, 0);
    }

    private static async Task HangAsync(HttpContext context, TaskCompletionSource told)
    {
        await using var registration = context.RequestAborted.Register(() => told.TrySetResult());
        await told.Task;
    }
}
