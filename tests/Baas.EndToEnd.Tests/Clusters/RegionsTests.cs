using Baas.Core.Health;
using Baas.Core.Operations.Health;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Clusters;

/// <summary>One service for clusters in two regions: a network is where its specification says.</summary>
public class RegionsTests : IAsyncLifetime
{
    private Regions _regions = null!; // InitializeAsync

    public async Task InitializeAsync() => _regions = await Regions.StartAsync(Adjust);

    public async Task DisposeAsync()
    {
        await _regions.DisposeAsync();
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
            Succeeded(await _regions.Service.Api.DeleteToEndAsync(name));
            Assert.Equal((0, 0), Namespaces(name));
        }
    }

    [Fact]
    public async Task Region_DoesNotAnswer_TheOtherOneIsLookedAtAndUsed()
    {
        await CreateAsync("here", "east", "east");
        await CreateAsync("there", "west", "west");

        await _regions.West.LoseClusterAsync();

        var looked = (await LookAsync()).ToDictionary(network => network.Network.Network.Value, network => network.State);
        Assert.Equal(HealthState.Healthy, looked["here"]);
        Assert.Equal(HealthState.Unknown, looked["there"]);
        await CreateAsync("more", "east", "east");
    }

    /// <summary>Changes how clusters are reached.</summary>
    private protected virtual void Adjust(IServiceCollection services)
    {
    }

    private async Task CreateAsync(string name, string orderers, string peers)
    {
        var specification = SmallNetwork.Specification(name)
            .Replace("ordering:\n", $"ordering:\n  cluster: {orderers}\n", StringComparison.Ordinal)
            .Replace("  - name: org1\n", $"  - name: org1\n    cluster: {peers}\n", StringComparison.Ordinal);
        Succeeded(await _regions.Service.Api.CreateToEndAsync(name, specification));
    }

    private async Task<IReadOnlyList<NetworkHealth>> LookAsync() => (await _regions.Service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks;

    private (int East, int West) Namespaces(string network)
    {
        static int In(SandboxHost host, string network) => Remains.ObjectsOf(host.Cluster.Store.State, ServiceRun.Tenant, network).GetValueOrDefault("Namespace");

        return (In(_regions.East, network), In(_regions.West, network));
    }

    private static void Succeeded(OperationResource operation) => Assert.True(operation.State == Core.Records.OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
