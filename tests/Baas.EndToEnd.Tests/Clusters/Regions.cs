using Baas.Core.Health;
using Baas.EndToEnd.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Clusters;

/// <summary>One service, and a cluster in each of two regions; what names no cluster goes to the east.</summary>
internal sealed class Regions : IAsyncDisposable
{
    private Regions(SandboxHost east, SandboxHost west, ServiceRun service) => (East, West, Service) = (east, west, service);

    public SandboxHost East { get; }

    public SandboxHost West { get; }

    public ServiceRun Service { get; }

    public static async Task<Regions> StartAsync(Action<IServiceCollection>? adjust = null)
    {
        var east = await SandboxHost.StartAsync(options => options with { AddressRange = "127.64.0.0/11" });
        var west = await SandboxHost.StartAsync(options => options with { AddressRange = "127.96.0.0/11" });
        return new Regions(east, west, await east.StartServiceAsync(
            "service",
            services => (adjust ?? (_ => { }))(services.AddSingleton(new HealthOptions { Enabled = false })),
            clusters: [SandboxHost.Settings("east", east.Cluster.KubeconfigPath), SandboxHost.Settings("west", west.Cluster.KubeconfigPath)]));
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await East.DisposeAsync();
        await West.DisposeAsync();
    }
}
