using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>The listeners of one node on one bare Kestrel: no host, no pipeline, so that a node starts in milliseconds.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    // Listeners with TLS ask for services of Kestrel's that cannot be made outside of a host; one is enough for all.
    private static readonly Lazy<IServiceProvider> Services = new(() =>
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        return builder.Build().Services;
    });

    private readonly KestrelServer _kestrel;

    private NodeServer(KestrelServer kestrel) => _kestrel = kestrel;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="EmulationException">An address cannot be listened on.</exception>
    public static async Task<NodeServer> StartAsync(IReadOnlyList<NodeListener> listeners, CancellationToken cancellationToken)
    {
        if (listeners.GroupBy(listener => listener.EndPoint.Port).FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            throw new EmulationException($"cannot listen: {string.Join(" and ", shared.Select(listener => listener.Name))} want the same port {shared.Key}");
        }

        var options = new KestrelServerOptions { ApplicationServices = Services.Value, AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        foreach (var listener in listeners)
        {
            options.Listen(listener.EndPoint, listen => Configure(listen, listener));
        }

        var kestrel = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        kestrel.Features.Set<IServerAddressesFeature>(null);
        try
        {
            await kestrel.StartAsync(new Application(listeners), cancellationToken);
            return new NodeServer(kestrel);
        }
        catch (IOException failure)
        {
            kestrel.Dispose();
            throw new EmulationException($"cannot listen on \"{string.Join(", ", listeners.Select(listener => listener.EndPoint))}\": {failure.Message}", failure);
        }
    }

    /// <summary>Stops listening and hangs up on everyone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
    }

    private static void Configure(ListenOptions listen, NodeListener listener)
    {
        listen.Protocols = listener.Protocols;
        if (listener.Tls is { } tls)
        {
            List<SslApplicationProtocol> protocols = listener.Protocols == HttpProtocols.Http2 ? [SslApplicationProtocol.Http2] : [SslApplicationProtocol.Http11];
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.ForConnection(protocols)) });
        }
    }

    private sealed class Application(IReadOnlyList<NodeListener> listeners) : IHttpApplication<HttpContext>
    {
        private readonly Dictionary<int, RequestDelegate> _byPort = listeners.ToDictionary(listener => listener.EndPoint.Port, listener => listener.Handle);

        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => _byPort[context.Connection.LocalPort](context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing is kept with a context.
        }
    }
}
