using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Tests.Cluster.Api;

public sealed class ApiServerTests : IAsyncLifetime
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";
    private ApiCluster _cluster = null!; // set before every test

    public async Task InitializeAsync() => _cluster = await ApiCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Request_WithoutCredentials_IsUnauthorizedAndWithTokenIsNot()
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = _cluster.Server.Address };
        using var bare = await http.GetAsync(new Uri(Configs, UriKind.Relative));
        http.DefaultRequestHeaders.Authorization = new("Bearer", _cluster.Token);
        using var known = await http.GetAsync(new Uri(Configs, UriKind.Relative));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (bare.StatusCode, known.StatusCode));
    }

    [Fact]
    public async Task Apply_SameTwice_CreatesThenChangesNothing()
    {
        const string Path = "/apis/apps/v1/namespaces/default/statefulsets/peer";
        var first = await _cluster.ApplyAsync(Path, Manifests.StatefulSet("peer"), "baas", true);
        var second = await _cluster.ApplyAsync(Path, Manifests.StatefulSet("peer"), "baas", true);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body.Text("metadata", "resourceVersion"), second.Body.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task List_InPages_GivesEveryObjectOnce()
    {
        Enumerable.Range(0, 7).ToList().ForEach(number => _cluster.Store.Create(ClusterKinds.ConfigMaps, Manifests.Named($"c-{number}")));
        List<string> names = [];
        string? next = null;
        do
        {
            var (_, page) = await _cluster.SendAsync(HttpMethod.Get, $"{Configs}?limit=3&continue={Uri.EscapeDataString(next ?? "")}");
            names.AddRange(page.Objects("items").Select(one => one.Name));
            next = page.Text("metadata", "continue");
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(number => $"c-{number}"), names);
    }

    [Fact]
    public async Task Watch_WithSelector_SeesObjectsComeAndGo()
    {
        var from = _cluster.Store.State.Revision;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var stream = new StreamReader(await _cluster.Http.GetStreamAsync(new Uri($"{Configs}?watch=true&labelSelector=tier%3Dgold&resourceVersion={from}", UriKind.Relative), limit.Token));
        _cluster.Store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));
        Label("gold");
        Label("silver");

        var added = JsonNode.Parse((await stream.ReadLineAsync(limit.Token))!);
        var deleted = JsonNode.Parse((await stream.ReadLineAsync(limit.Token))!);

        Assert.Equal(("ADDED", "gold"), (added.Text("type"), added.Text("object", "metadata", "labels", "tier")));
        Assert.Equal("DELETED", deleted.Text("type"));
    }

    [Theory]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "[]", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", """{"kind":"Pod","apiVersion":"v1"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":5}}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/namespaces/default/pods", """{"metadata":{"name":"a"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/namespaces/nowhere/configmaps", """{"metadata":{"name":"a"}}""", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/v1/namespaces/default/configmaps/a", """{"metadata":{"name":"a"}}""", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/namespaces/default/gadgets", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/namespaces/default/configmaps?limit=many", null, HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/api/v1/namespaces/default", null, HttpStatusCode.Forbidden)]
    public async Task Request_ThatCannotBe_IsAnsweredWithAStatus(string method, string path, string? body, HttpStatusCode expected)
    {
        var (status, answer) = await _cluster.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal((expected, "Status"), (status, answer.Text("kind")));
    }

    [Fact]
    public async Task Update_OfAnOldVersion_Conflicts()
    {
        var old = _cluster.Store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));
        Label("gold");

        var (status, _) = await _cluster.SendAsync(HttpMethod.Put, $"{Configs}/a", old.ToJsonString());

        Assert.Equal(HttpStatusCode.Conflict, status);
    }

    [Fact]
    public async Task Create_DryRun_LeavesNothing()
    {
        var (status, _) = await _cluster.SendAsync(HttpMethod.Post, $"{Configs}?dryRun=All", """{"metadata":{"name":"a"}}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Null(_cluster.Store.Get(Manifests.ConfigKey("a")));
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        var (status, _) = await _cluster.SendAsync(HttpMethod.Post, Configs, $$$"""{"metadata":{"name":"a"},"data":{"x":"{{{new string('x', 4 * 1024 * 1024)}}}"}}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    private void Label(string tier) => _cluster.Store.Change(Manifests.ConfigKey("a"), one =>
    {
        one["metadata"]!["labels"] = new JsonObject { ["tier"] = tier };
        return one;
    });
}
