using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Hosting;

/// <summary>An OTLP collector on a real socket: HTTP with protobuf bodies, or gRPC.</summary>
internal sealed class Collector : IAsyncDisposable
{
    // Of a gRPC message: whether it is compressed, and its length.
    private const int FrameLength = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private readonly bool _grpc;

    private Collector(bool grpc)
    {
        _grpc = grpc;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>The spans that have come.</summary>
    public IReadOnlyList<Span> Spans =>
    [
        .. from request in _received
           where request.Path == "/v1/traces"
           from resource in Messages(request.Body, 1)
           from scope in Messages(resource, 2)
           from span in Messages(scope, 2)
           select new Span(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Messages(span, 5).Single())),
    ];

    public static async Task<Collector> StartedAsync(bool grpc = false)
    {
        Collector collector = new(grpc);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>What has come of a signal, as text: names and messages stand in it as they are.</summary>
    public string TextOf(string signal) => string.Concat(_received.Where(request => request.Path == $"/v1/{signal}").Select(request => Encoding.Latin1.GetString(request.Body)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Hex(byte[] message, int field) => string.Concat(Messages(message, field).Select(Convert.ToHexStringLower));

    /// <summary>The length-delimited fields of this number in a protobuf message.</summary>
    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    at += length;
                    if ((int)(tag >> 3) == field)
                    {
                        yield return message[(at - length)..at];
                    }

                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (!_grpc)
        {
            _received.Enqueue((http.Request.Path, body.ToArray()));
            http.Response.ContentType = "application/x-protobuf";
            return;
        }

        // /opentelemetry.proto.collector.trace.v1.TraceService/Export
        var signal = http.Request.Path.Value!.Split('.')[3] switch { "trace" => "traces", "metrics" => "metrics", var other => other };
        _received.Enqueue(($"/v1/{signal}", body.ToArray()[FrameLength..]));
        http.Response.ContentType = "application/grpc";
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.WriteAsync(new byte[FrameLength], http.RequestAborted); // an empty answer
        http.Response.AppendTrailer("grpc-status", "0");
    }

    internal sealed record Span(string Trace, string Id, string Parent, string Name);
}
