using System.Net;
using System.Net.Sockets;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Tests.Cluster;

public sealed class ServiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_OfOnePod_HasThePodsAddress(bool isServiceFirst)
    {
        await using var cluster = new TestCluster();
        if (isServiceFirst)
        {
            cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", "LoadBalancer"));
        }

        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("peer"));
        var pod = await cluster.UntilReadyAsync("peer");
        if (!isServiceFirst)
        {
            cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", "LoadBalancer"));
        }

        var service = await cluster.UntilAsync(ClusterKinds.Services, "peer", service => service.Objects("status", "loadBalancer", "ingress").Any());
        Assert.Equal(pod.Text("status", "podIP"), service.Text("spec", "clusterIP"));
        Assert.Equal(pod.Text("status", "podIP"), service.Objects("status", "loadBalancer", "ingress").Single().Text("ip"));
        await cluster.UntilAsync(ClusterKinds.Endpoints, "peer", endpoints => endpoints.Objects("subsets").SelectMany(subset => subset.Objects("addresses")).Count() == 1);
        await cluster.UntilAsync(ClusterKinds.EndpointSlices, "peer", slice => slice.Objects("endpoints").FirstOrDefault().Flag("conditions", "ready"));
    }

    [Fact]
    public async Task Services_WithTheSameSelector_ShareOneAddress()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("inside", "peer"));
        cluster.Create(ClusterKinds.Services, TestObjects.Service("outside", "peer", "LoadBalancer"));
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("peer"));

        var pod = await cluster.UntilReadyAsync("peer");
        var inside = await cluster.UntilAsync(ClusterKinds.Services, "inside", service => service.Text("spec", "clusterIP") is not null);
        var outside = await cluster.UntilAsync(ClusterKinds.Services, "outside", service => service.Text("spec", "clusterIP") is not null);

        Assert.Equal(pod.Text("status", "podIP"), inside.Text("spec", "clusterIP"));
        Assert.Equal(pod.Text("status", "podIP"), outside.Text("spec", "clusterIP"));
    }

    [Fact]
    public async Task Service_NodePort_IsForwardedToThePod()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", "NodePort"));
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("peer"));
        await cluster.UntilReadyAsync("peer");
        var service = await cluster.UntilAsync(ClusterKinds.Services, "peer", service => service.Objects("spec", "ports").Single().Number("nodePort") > 0);
        var node = cluster.Store.List(ClusterKinds.Nodes).Single().Objects("status", "addresses").First().Text("address");
        await cluster.UntilAsync(ClusterKinds.Endpoints, "peer", _ => true);

        Assert.Equal("HTTP/1.1 200", await GetAsync(node!, (int)service.Objects("spec", "ports").Single().Number("nodePort")!));
    }

    [Fact]
    public async Task Service_OtherPortThanThePods_IsForwarded()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("peer"));
        await cluster.UntilReadyAsync("peer");
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", port: 80));
        var service = await cluster.UntilAsync(ClusterKinds.Services, "peer", service => service.Text("spec", "clusterIP") is not null);
        await cluster.UntilAsync(ClusterKinds.EndpointSlices, "peer", _ => true);

        Assert.Equal("HTTP/1.1 200", await GetAsync(service.Text("spec", "clusterIP")!, 80));
    }

    [Fact]
    public async Task Names_OfServicesAndPods_AreResolvedInsidePods()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", further: "\"clusterIP\": \"None\","));
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer"));
        cluster.Create(ClusterKinds.Services, TestObjects.Service("ca", "ca"));
        var pod = await cluster.UntilReadyAsync("peer-0");
        var ca = await cluster.UntilAsync(ClusterKinds.Services, "ca", service => service.Text("spec", "clusterIP") is not null);
        var resolve = cluster.Runtime.Launches.Single().Resolve;

        var own = IPAddress.Parse(pod.Text("status", "podIP")!);
        var other = IPAddress.Parse(ca.Text("spec", "clusterIP")!);
        Assert.All(["peer", "peer.test", "peer.test.svc", "peer-0.peer.test.svc.cluster.local", "peer-0.peer"], name => Assert.Equal(own, resolve(name)));
        Assert.All(["ca", "ca.test", "ca.test.svc", "ca.test.svc.cluster.local."], name => Assert.Equal(other, resolve(name)));
        Assert.All(["nobody", "ca.elsewhere.svc", "example.com"], name => Assert.Null(resolve(name)));
    }

    [Fact]
    public async Task Deployment_Updated_ReplacesItsPodAtTheSameAddress()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("cc", "cc"));
        cluster.Create(ClusterKinds.Deployments, """
            { "metadata": { "name": "cc" }, "spec": { "replicas": 1, "selector": { "matchLabels": { "app": "cc" } },
              "template": { "metadata": { "labels": { "app": "cc" } }, "spec": { "containers": [ { "name": "cc", "image": "fake/node:1" } ] } } } }
            """);
        await cluster.UntilAsync(ClusterKinds.Deployments, "cc", deployment => deployment.Number("status", "readyReplicas") == 1);

        cluster.Change(ClusterKinds.Deployments, "cc", deployment => deployment.At("spec", "template", "spec", "containers")![0]!["image"] = "fake/node:2");
        await cluster.UntilAsync(ClusterKinds.Deployments, "cc", deployment =>
            deployment.Number("status", "observedGeneration") == 2 && deployment.Number("status", "updatedReplicas") == 1 && deployment.Number("status", "readyReplicas") == 1
            && cluster.Runtime.Launches.Count == 2);

        Assert.Single(cluster.Runtime.Launches.Select(launch => launch.Address).Distinct());
        Assert.Equal("fake/node:2", cluster.Runtime.Launches.Last().Image);
    }

    [Fact]
    public async Task DisruptionBudget_CountsItsPods()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.PodDisruptionBudgets, """{ "metadata": { "name": "b" }, "spec": { "maxUnavailable": 1, "selector": { "matchLabels": { "app": "peer" } } } }""");
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("peer"));

        await cluster.UntilAsync(ClusterKinds.PodDisruptionBudgets, "b", budget => budget.Number("status", "disruptionsAllowed") == 1 && budget.Number("status", "currentHealthy") == 1);
    }

    private static async Task<string> GetAsync(string address, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(address), port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        var buffer = new byte[12];
        await stream.ReadExactlyAsync(buffer);
        return System.Text.Encoding.ASCII.GetString(buffer);
    }
}
