using Baas.Core.Health;
using Baas.Core.Operations.Health;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Clusters;

/// <summary>One service for clusters in two regions: a network is where its specification says.</summary>
public class RegionsTests : IAsyncLifetime
{
    private SandboxHost _east = null!; // InitializeAsync
    private SandboxHost _west = null!; // InitializeAsync
    private bool _isWestGone;
    private ServiceRun _service = null!; // InitializeAsync

    public async Task InitializeAsync()
    {
        _east = await SandboxHost.StartAsync(options => options with { AddressRange = "127.64.0.0/11" });
        _west = await SandboxHost.StartAsync(options => options with { AddressRange = "127.96.0.0/11" });
        _service = await _east.StartServiceAsync(
            "service",
            services => Adjust(services.AddSingleton(new HealthOptions { Enabled = false })),
            clusters: [SandboxHost.Settings("east", _east.Cluster.KubeconfigPath), SandboxHost.Settings("west", _west.Cluster.KubeconfigPath)]);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _east.DisposeAsync();
        if (!_isWestGone)
        {
            await _west.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Networks_AreMadeLookedAtAndDeletedWhereTheirSpecificationsSay()
    {
        await CreateAsync("here", "east", "east");
        await CreateAsync("there", "west", "west");
        await CreateAsync("across", "east", "west");

        Assert.Equal((2, 0), Namespaces("here"));
        Assert.Equal((0, 2), Namespaces("there"));
        Assert.Equal((1, 1), Namespaces("across"));
        var looked = (await LookAsync()).ToDictionary(network => network.Network.Network.Value, network => network.State);
        Assert.Equal([new("across", HealthState.Healthy), new("here", HealthState.Healthy), new("there", HealthState.Healthy)], looked.OrderBy(network => network.Key, StringComparer.Ordinal));

        foreach (var name in looked.Keys)
        {
            Succeeded(await _service.Api.DeleteToEndAsync(name));
            Assert.Equal((0, 0), Namespaces(name));
        }
    }

    [Fact]
    public async Task Region_DoesNotAnswer_TheOtherOneIsLookedAtAndUsed()
    {
        await CreateAsync("here", "east", "east");
        await CreateAsync("there", "west", "west");

        await _west.DisposeAsync();
        _isWestGone = true;

        var looked = (await LookAsync()).ToDictionary(network => network.Network.Network.Value, network => network.State);
        Assert.Equal(HealthState.Healthy, looked["here"]);
        Assert.Equal(HealthState.Unknown, looked["there"]);
        await CreateAsync("more", "east", "east");
    }

    /// <summary>Changes how clusters are reached.</summary>
    private protected virtual IServiceCollection Adjust(IServiceCollection services) => services;

    private async Task CreateAsync(string name, string orderers, string peers)
    {
        var specification = SmallNetwork.Specification(name)
            .Replace("ordering:\n", $"ordering:\n  cluster: {orderers}\n", StringComparison.Ordinal)
            .Replace("  - name: org1\n", $"  - name: org1\n    cluster: {peers}\n", StringComparison.Ordinal);
        Succeeded(await _service.Api.CreateToEndAsync(name, specification));
    }

    private async Task<IReadOnlyList<NetworkHealth>> LookAsync() => (await _service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks;

    private (int East, int West) Namespaces(string network)
    {
        static int In(SandboxHost host, string network) => Remains.ObjectsOf(host.Cluster.Store.State, ServiceRun.Tenant, network).GetValueOrDefault("Namespace");

        return (In(_east, network), In(_west, network));
    }

    private static void Succeeded(OperationResource operation) => Assert.True(operation.State == Core.Records.OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
