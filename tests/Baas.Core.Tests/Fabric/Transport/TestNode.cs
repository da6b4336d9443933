using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Tests.Fabric.Transport;

/// <summary>A TLS server on loopback that speaks just enough gRPC, written apart from the client under test.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestAuthority _authority;

    private TestNode(WebApplication app, TestAuthority authority)
    {
        _app = app;
        _authority = authority;
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public int Connections { get; private set; }

    public NodeTls Tls => new() { Roots = [_authority.Pem] };

    public NodeEndpoint Endpoint(string host = "orderer.example.com") =>
        new(NodeReference.Orderer(OrganizationName.Parse("orderer"), 1), NodeRole.Orderer, host, Port, Port, "127.0.0.1");

    public static async Task<TestNode> StartAsync(RequestDelegate handle, string[]? hosts = null, TestAuthority? clients = null, HttpProtocols protocols = HttpProtocols.Http2)
    {
        var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("orderer.example.com", null, hosts ?? ["orderer.example.com", "127.0.0.1"]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        TestNode? node = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.Use(next => async connection =>
                {
                    node!.Connections++;
                    await next(connection);
                });
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = X509Certificate2.CreateFromPem(certificate, key);
                    https.ClientCertificateMode = clients is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (shown, _, _) => clients is not null && clients.Signed(shown);
                });
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(handle);
        node = new TestNode(app, authority);
        await app.StartAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    public static void Begin(HttpContext context) => context.Response.ContentType = "application/grpc";

    public static async Task<TMessage?> ReadAsync<TMessage>(HttpContext context, MessageParser<TMessage> parser)
        where TMessage : class, IMessage<TMessage>
    {
        var header = new byte[5];
        if (await context.Request.Body.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false) == 0)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await context.Request.Body.ReadExactlyAsync(message);
        return parser.ParseFrom(message);
    }

    public static async Task WriteAsync(HttpContext context, IMessage message)
    {
        var header = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), message.CalculateSize());
        await context.Response.Body.WriteAsync(header);
        await context.Response.Body.WriteAsync(message.ToByteArray());
        await context.Response.Body.FlushAsync();
    }

    public static void End(HttpContext context, int status, string? message = null, string? details = null)
    {
        context.Response.AppendTrailer("grpc-status", $"{status}");
        if (message is not null)
        {
            context.Response.AppendTrailer("grpc-message", message);
        }

        if (details is not null)
        {
            context.Response.AppendTrailer("grpc-status-details-bin", details);
        }
    }
}
