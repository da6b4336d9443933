using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Cluster;

public sealed class AddressStepTests
{
    private readonly StepFixture _fixture = new();

    [Theory]
    [InlineData(Exposure.Cluster, 1)]
    [InlineData(Exposure.LoadBalancer, 2)]
    public async Task ApplyNodeService_Twice_EqualsOnceAndUndoLeavesNothing(Exposure exposure, int objects)
    {
        await _fixture.IssueAsync(Orderer);
        var before = _fixture.Kubernetes.Objects;
        var step = new ApplyNodeService(_fixture.Kubernetes.Clusters(), _fixture.Stores.Artifacts);
        var input = new ApplyNodeService.Input(Network, Orderer.Node, NodeRole.Orderer, null, exposure);
        await step.UndoAsync(input, CancellationToken.None);

        await step.ApplyAsync(input, CancellationToken.None);
        await step.ApplyAsync(input, CancellationToken.None);
        Assert.Equal(objects, _fixture.Kubernetes.Objects.Count - before.Count);

        await step.UndoAsync(input, CancellationToken.None);
        Assert.Equal(before, _fixture.Kubernetes.Objects);
    }

    [Theory]
    [InlineData(Exposure.LoadBalancer, "192.0.2.7", null)]
    [InlineData(Exposure.NodePort, null, 30443)]
    [InlineData(Exposure.Cluster, null, null)]
    public async Task ApplyNodeService_MadeAgain_AsksForTheAddressOnRecord(Exposure exposure, string? address, int? port)
    {
        await _fixture.IssueAsync(Orderer);
        var step = new ApplyNodeService(_fixture.Kubernetes.Clusters(), _fixture.Stores.Artifacts);
        var input = new ApplyNodeService.Input(Network, Orderer.Node, NodeRole.Orderer, null, exposure);
        await _fixture.Stores.Artifacts.PutEndpointAsync(Network, new NodeEndpoint(Orderer.Node, NodeRole.Orderer, "192.0.2.7", 30443, 30444, null), CancellationToken.None);

        foreach (var _ in new[] { "first", "again" })
        {
            await step.ApplyAsync(input, CancellationToken.None);
            var spec = (await _fixture.Kubernetes.Clusters().Get(null).Api.GetAsync(Orderer.Service, CancellationToken.None))!["spec"]!; // it was applied
            Assert.Equal(address, (string?)spec["loadBalancerIP"]);
            Assert.Equal(port, spec["ports"]!.AsArray().Select(one => (int?)one!["nodePort"]).FirstOrDefault(one => one == port));
        }
    }

    [Fact]
    public async Task ApplyNodeService_ThereAlready_AsksForNothing()
    {
        await _fixture.IssueAsync(Orderer);
        var step = new ApplyNodeService(_fixture.Kubernetes.Clusters(), _fixture.Stores.Artifacts);
        var input = new ApplyNodeService.Input(Network, Orderer.Node, NodeRole.Orderer, null, Exposure.LoadBalancer);
        await step.ApplyAsync(input, CancellationToken.None);
        await _fixture.Stores.Artifacts.PutEndpointAsync(Network, new NodeEndpoint(Orderer.Node, NodeRole.Orderer, "192.0.2.7", 7050, 9443, null), CancellationToken.None);

        await step.ApplyAsync(input, CancellationToken.None);

        Assert.Null((await _fixture.Kubernetes.Clusters().Get(null).Api.GetAsync(Orderer.Service, CancellationToken.None))!["spec"]!["loadBalancerIP"]); // it was applied
    }

    [Fact]
    public async Task ObserveAddress_Cluster_GivesEveryHostForTheCertificate()
    {
        var seen = await ObserveAsync(new ClusterOptions(), null);

        Assert.True(seen.Holds);
        Assert.Equal(new NodeEndpoint(Orderer.Node, NodeRole.Orderer, "orderer-1.acme-trade-orderer.svc", 7050, 9443, "10.0.0.1"), seen.Endpoint);
        Assert.Equal(
            ["orderer-1.acme-trade-orderer.svc", "orderer-1.acme-trade-orderer.svc.cluster.local", "orderer-1.acme-trade-orderer", "orderer-1", "10.0.0.1"], seen.Hosts);
    }

    [Fact]
    public async Task ObserveAddress_DefaultExposure_IsTheClusters()
    {
        var seen = await ObserveAsync(new ClusterOptions { DefaultExposure = Exposure.LoadBalancer }, null);

        Assert.Equal("192.0.2.1", seen.Endpoint!.Host);
        Assert.Contains("192.0.2.1", seen.Hosts);
    }

    [Fact]
    public async Task ObserveAddress_NoAddressYet_DoesNotHold()
    {
        _fixture.Kubernetes.HasLoadBalancer = false;

        var seen = await ObserveAsync(new ClusterOptions(), Exposure.LoadBalancer);

        Assert.False(seen.Holds);
        Assert.Contains("orderer-1", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveAddress_NoService_DoesNotHold()
    {
        var seen = await new ObserveAddress(_fixture.Kubernetes.Clusters()).ApplyAsync(Look(null), CancellationToken.None);

        Assert.False(seen.Holds);
    }

    [Fact]
    public async Task RecordEndpoint_ApplyAndUndo_StoreAndForget()
    {
        var step = new RecordEndpoint(_fixture.Stores.Artifacts);
        var input = new RecordEndpoint.Input(Network, EndpointOf(Peer), MspId.Parse("Org1MSP"));
        await step.ApplyAsync(input, CancellationToken.None);
        await step.ApplyAsync(input, CancellationToken.None);
        Assert.Equal(input.Endpoint, await _fixture.Stores.Artifacts.FindEndpointAsync(Network, Peer.Node, CancellationToken.None));

        await step.UndoAsync(input, CancellationToken.None);
        await step.UndoAsync(input, CancellationToken.None);

        Assert.Empty(await _fixture.Stores.Artifacts.ListEndpointsAsync(Network, CancellationToken.None));
    }

    private async Task<ObserveAddress.Seen> ObserveAsync(ClusterOptions options, Exposure? exposure)
    {
        await _fixture.IssueAsync(Orderer);
        var clusters = _fixture.Kubernetes.Clusters(options);
        await new ApplyNodeService(clusters, _fixture.Stores.Artifacts).ApplyAsync(new ApplyNodeService.Input(Network, Orderer.Node, NodeRole.Orderer, null, exposure), CancellationToken.None);
        return await new ObserveAddress(clusters).ApplyAsync(Look(exposure), CancellationToken.None);
    }

    private static ObserveAddress.Input Look(Exposure? exposure) => new(Network, Orderer.Node, NodeRole.Orderer, null, exposure);
}
