using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>The cluster's API over HTTPS, for kubectl and Baas alike.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);
    private readonly WebApplication _application;

    private ApiServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>Where it listens: <c>https://127.0.0.1:6443/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<ApiServer> StartAsync(ObjectStore store, ApiServerOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, options));
        var application = builder.Build();
        ((IApplicationBuilder)application).Run(new RequestPipeline(store, options).RunAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        // Kestrel always says where it listens.
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new ApiServer(application, new Uri(addresses.Single()));
    }

    /// <summary>Ends all requests and stops to listen.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, ApiServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBody;
        kestrel.Limits.MinResponseDataRate = null; // watches are silent for long
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000; // and many share one connection
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = options.Certificates.Server;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (client, _, _) => options.Certificates.IsTrusted(client);
            });
        });
    }
}
