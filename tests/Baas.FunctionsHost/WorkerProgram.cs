using System.Net;
using System.Reflection;
using Baas.Functions.Hosting.Azure;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Baas.FunctionsHost;

/// <summary>The function app's own worker, with the settings that it is given; only where it listens is chosen here.</summary>
internal static class WorkerProgram
{
    /// <summary>What the worker needs to find its functions.</summary>
    public const string Folder = "FUNCTIONS_APPLICATION_DIRECTORY";

    private static readonly Lock Building = new();

    public static async Task RunAsync(string[] args)
    {
        using var host = Build(args, _ => { });
        await host.RunAsync();
    }

    /// <summary>The worker, changed where a test wants it. One at a time is built: all see the same entry assembly, and one that saw the tests' own would find no functions.</summary>
    public static IHost Build(string[] args, Action<IServiceCollection> change)
    {
        using var alone = Building.EnterScope();
        Environment.SetEnvironmentVariable(Folder, AppContext.BaseDirectory);
        var before = Assembly.GetEntryAssembly();
        Assembly.SetEntryAssembly(typeof(ApiFunction).Assembly); // the worker looks there for what its SDK has generated
        try
        {
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddAzureService(builder.Configuration);
            ListenOnAPortOfItsOwn(builder.Services);
            change(builder.Services);
            return builder.Build();
        }
        finally
        {
            Assembly.SetEntryAssembly(before);
        }
    }

    /// <summary>The worker chooses one port for the whole process, while tests run several workers in one: the system gives each its own, and the host is told which.</summary>
    private static void ListenOnAPortOfItsOwn(IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var connecting = services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "WorkerHostedService");
        services.Remove(connecting);
        services.AddHostedService<KnownAddress>().Add(connecting); // after the server
    }

    /// <summary>Tells the worker where its server has come to listen.</summary>
    private sealed class KnownAddress(IServer server, IOptions<WorkerOptions> worker) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            worker.Value.Capabilities["HttpUri"] = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
