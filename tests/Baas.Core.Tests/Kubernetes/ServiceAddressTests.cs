using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Kubernetes;

public sealed class ServiceAddressTests
{
    private const string Service = """
        {
          "metadata": { "namespace": "ns", "name": "orderer-1" },
          "spec": {
            "clusterIP": "10.0.0.7",
            "ports": [
              { "name": "grpc", "port": 7050, "nodePort": 30001 },
              { "name": "admin", "port": 9443, "nodePort": 30002 }
            ]
          }
        }
        """;

    private const string Node = """
        { "metadata": { "name": "NAME" }, "status": { "addresses": [
          { "type": "Hostname", "address": "host" }, { "type": "InternalIP", "address": "10.1.1.1" }, { "type": "ExternalIP", "address": "203.0.113.1" } ] } }
        """;

    [Fact]
    public void Of_Cluster_AdvertisesTheNameAndDialsTheAddress()
    {
        var seen = Of(Service, Exposure.Cluster, new ClusterOptions());

        Assert.Equal(("orderer-1.acme-trade-orderer.svc", 7050, 9443, "10.0.0.7"), (seen.Host, seen.Port, seen.AdminPort, seen.Dial));
    }

    [Fact]
    public void Of_ClusterWithDns_DialsTheName() => Assert.Null(Of(Service, Exposure.Cluster, new ClusterOptions { DialsDnsNames = true }).Dial);

    [Fact]
    public void Of_ClusterWithoutAddress_Waits() => Assert.Null(Of("{}", Exposure.Cluster, new ClusterOptions()).Host);

    [Fact]
    public void Of_NodePort_PrefersTheSettingsAddress()
    {
        var seen = Of(Service, Exposure.NodePort, new ClusterOptions { NodeAddress = "edge.example.com" });

        Assert.Equal(("edge.example.com", 30001, 30002), (seen.Host, seen.Port, seen.AdminPort));
    }

    [Fact]
    public void Of_NodePort_TakesTheFirstNodesOutsideAddress()
    {
        JsonObject[] nodes = [Parse(Node.Replace("NAME", "b", StringComparison.Ordinal)), Parse(Node.Replace("NAME", "a", StringComparison.Ordinal))];

        Assert.Equal("203.0.113.1", Of(Service, Exposure.NodePort, new ClusterOptions(), nodes).Host);
    }

    [Fact]
    public void Of_NodePortWithoutNodes_Waits() => Assert.Null(Of(Service, Exposure.NodePort, new ClusterOptions()).Host);

    [Fact]
    public void Of_LoadBalancerWithoutAddress_SaysSo()
    {
        var seen = Of(Service, Exposure.LoadBalancer, new ClusterOptions());

        Assert.Null(seen.Host);
        Assert.Contains("ns/orderer-1", seen.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "ip": "192.0.2.1" }""", "192.0.2.1")]
    [InlineData("""{ "hostname": "lb.example.com" }""", "lb.example.com")]
    [InlineData("""{ "hostname": "lb.example.com", "ip": "192.0.2.1" }""", "lb.example.com")]
    public void Of_LoadBalancer_AdvertisesWhatItWasGiven(string ingress, string host)
    {
        var service = Parse(Service);
        service["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(JsonNode.Parse(ingress)) } };

        var seen = Of(service.ToJsonString(), Exposure.LoadBalancer, new ClusterOptions());

        Assert.Equal((host, 7050, 9443), (seen.Host, seen.Port, seen.AdminPort));
        Assert.Null(seen.Dial);
    }

    private static ServiceAddress Of(string service, Exposure exposure, ClusterOptions cluster, params JsonObject[] nodes) =>
        ServiceAddress.Of(Orderer, Parse(service), exposure, nodes, cluster);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
