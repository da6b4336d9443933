using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.FunctionsHost;

/// <summary>A stand-in for the Functions host: the worker connects to it, and it turns HTTP requests into invocations.</summary>
internal sealed class StandInHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpFront _front;
    private IHost? _durable;

    private StandInHost(WebApplication app, WorkerChannel worker, HttpFront front) => (_app, Worker, _front) = (app, worker, front);

    /// <summary>The connection with the worker.</summary>
    public WorkerChannel Worker { get; }

    /// <summary>Where the app's HTTP trigger listens.</summary>
    public Uri Address => Addresses[0];

    /// <summary>What a worker is started with, so that it connects.</summary>
    public string[] WorkerArguments =>
    [
        $"--Functions:Worker:HostEndpoint={Addresses[1]}",
        "--Functions:Worker:WorkerId=worker",
        "--Functions:Worker:RequestId=start",
        "--Functions:Worker:GrpcMaxMessageLength=2147483647",
    ];

    private Uri[] Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];

    /// <summary>Starts to listen on free ports.</summary>
    /// <param name="durable">Starts what dispatches durable functions; without it nothing does.</param>
    public static async Task<StandInHost> StartAsync(Func<WorkerChannel, Uri, Task<(IHost Host, string Client)>>? durable)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null; // the worker's own limit counts
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        WorkerChannel worker = new();
        builder.Services.AddSingleton(worker).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        var app = builder.Build();
        HttpFront front = new(worker);
        app.MapGrpcService<WorkerChannel>();
        app.MapPost("/admin/functions/{function}", front.RunTimerAsync);
        app.MapFallback("{**path}", front.RunAsync);
        await app.StartAsync();
        StandInHost host = new(app, worker, front);
        if (durable is not null)
        {
            (host._durable, front.DurableClient) = await durable(worker, host.Address);
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_durable is not null)
        {
            await _durable.StopAsync();
            _durable.Dispose();
        }

        await _app.DisposeAsync();
        _front.Dispose();
    }
}
