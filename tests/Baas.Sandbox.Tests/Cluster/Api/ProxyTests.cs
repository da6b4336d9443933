using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing.Programs;

namespace Baas.Sandbox.Tests.Cluster.Api;

/// <summary>What the API server hands on: to pods, and to the kubelet for how full volumes are.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private ApiCluster _cluster = null!; // set before every test

    public async Task InitializeAsync() => _cluster = await ApiCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task PodProxy_HandsOnPathAndAnswer()
    {
        using var program = new TcpListener(IPAddress.Loopback, 0);
        program.Start();
        var port = ((IPEndPoint)program.LocalEndpoint).Port;
        MakePod("127.0.0.1");
        var answer = _cluster.Http.GetStringAsync(new Uri($"{Pods}/peer:{port}/proxy/metrics", UriKind.Relative));

        Assert.StartsWith("GET /metrics HTTP/1.1", await AnswerOnceAsync(program, "up 1"), StringComparison.Ordinal);
        Assert.Equal("up 1", await answer);
    }

    [Fact]
    public async Task PodProxy_NobodyListens_IsUnavailable()
    {
        using var closed = new ClosedPort();
        var port = closed.Number;
        MakePod("127.0.0.1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _cluster.SendAsync(HttpMethod.Get, $"{Pods}/peer:{port}/proxy/metrics")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _cluster.SendAsync(HttpMethod.Get, $"{Pods}/none:{port}/proxy/metrics")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _cluster.SendAsync(HttpMethod.Get, $"{Pods}/peer:x/proxy/metrics")).Status);
    }

    [Fact]
    public async Task StatsSummary_TellsWhatLiesInEachClaim()
    {
        _cluster.Store.Create(ClusterKinds.Nodes, Manifests.Named("node-1"));
        var claim = _cluster.Store.Create(ClusterKinds.PersistentVolumeClaims, With(Manifests.Named("data-peer-0"), """{"spec":{"resources":{"requests":{"storage":"1Ki"}}}}"""));
        _cluster.Store.Create(ClusterKinds.Pods, With(Manifests.Named("peer-0"), """{"spec":{"nodeName":"node-1","containers":[],"volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data-peer-0"}}]}}"""));
        var folder = Directory.CreateDirectory(Path.Combine(_cluster.Folder, "volumes", $"pvc-{claim.Uid}", "deep"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "blocks"), new byte[300]);

        var (status, summary) = await _cluster.SendAsync(HttpMethod.Get, "/api/v1/nodes/node-1/proxy/stats/summary");

        var volume = summary!["pods"]![0]!["volume"]![0]!;
        Assert.Equal((HttpStatusCode.OK, 300L, 1024L, "data-peer-0"), (status, (long)volume["usedBytes"]!, (long)volume["capacityBytes"]!, (string?)volume["pvcRef"]!["name"]));
    }

    private void MakePod(string address)
    {
        _cluster.Store.Create(ClusterKinds.Pods, Manifests.Named("peer"));
        _cluster.Store.Change(
            new ObjectKey(ClusterKinds.Pods, "default", "peer"),
            pod =>
            {
                pod["status"] = new JsonObject { ["podIP"] = address };
                return pod;
            },
            status: true);
    }

    private static JsonObject With(JsonObject one, string further)
    {
        foreach (var (name, value) in JsonNode.Parse(further)!.AsObject())
        {
            one[name] = value?.DeepClone();
        }

        return one;
    }

    private static async Task<string> AnswerOnceAsync(TcpListener program, string body)
    {
        using var client = await program.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
