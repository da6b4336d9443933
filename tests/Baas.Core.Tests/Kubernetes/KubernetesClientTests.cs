using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;

namespace Baas.Core.Tests.Kubernetes;

public sealed class KubernetesClientTests : IDisposable
{
    private static readonly ResourceReference Set = new(ResourceKind.StatefulSet, "ns", "peer-1");
    private static readonly ResourceReference Secret = new(ResourceKind.Secret, "ns", "peer-1");
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task ApplyAsync_Manifest_IsSentAsServerSideApply()
    {
        await using var server = await TestApiServer.StartAsync((200, """{"kind":"StatefulSet","metadata":{"name":"peer-1"}}"""));
        var body = new JsonObject { ["kind"] = "StatefulSet", ["spec"] = new JsonObject { ["replicas"] = 1 } };

        var applied = await server.Connect().ApplyAsync(new Manifest(Set, body), _limit.Token);

        var sent = Assert.Single(server.Requests);
        Assert.Equal(("PATCH", "/apis/apps/v1/namespaces/ns/statefulsets/peer-1?fieldManager=baas&force=true"), (sent.Method, sent.Path));
        Assert.True(JsonNode.DeepEquals(body, JsonNode.Parse(sent.Body)));
        Assert.Equal("Bearer some-token", sent.Authorization);
        Assert.Equal("peer-1", applied.Text("metadata", "name"));
    }

    [Fact]
    public async Task GetAsync_Absent_GivesNull()
    {
        await using var server = await TestApiServer.StartAsync((404, Status("NotFound", "not found")));

        Assert.Null(await server.Connect().GetAsync(Set, _limit.Token));
    }

    [Fact]
    public async Task ListAsync_Pages_AreReadToTheEnd()
    {
        await using var server = await TestApiServer.StartAsync(
            (200, """{"metadata":{"continue":"more"},"items":[{"metadata":{"name":"a"}}]}"""),
            (200, """{"metadata":{},"items":[{"metadata":{"name":"b"}}]}"""));

        var pods = await server.Connect().ListAsync(ResourceKind.Pod, "ns", "a=b", _limit.Token);

        Assert.Equal(["a", "b"], pods.Select(pod => pod.Text("metadata", "name")));
        Assert.All(pods, pod => Assert.Equal("Pod", pod.Text("kind")));
        Assert.Contains("continue=more", server.Requests.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_PagesGrownTooOld_BeginsAgain()
    {
        await using var server = await TestApiServer.StartAsync(
            (200, """{"metadata":{"continue":"more"},"items":[{"metadata":{"name":"old"}}]}"""),
            (410, Status("Expired", "too old")),
            (200, """{"metadata":{},"items":[{"metadata":{"name":"new"}}]}"""));

        var pods = await server.Connect().ListAsync(ResourceKind.Pod, null, null, _limit.Token);

        Assert.Equal("new", Assert.Single(pods).Text("metadata", "name"));
    }

    [Fact]
    public async Task DeleteAsync_Absent_Succeeds()
    {
        await using var server = await TestApiServer.StartAsync((404, Status("NotFound", "not found")));

        await server.Connect().DeleteAsync(Secret, _limit.Token);

        Assert.Contains("Background", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAsync_Workload_TakesItsPodsAlong()
    {
        await using var server = await TestApiServer.StartAsync((200, "{}"));

        await server.Connect().DeleteAsync(Set, _limit.Token);

        Assert.Contains("Foreground", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAsync_AlreadyTerminating_Succeeds()
    {
        await using var server = await TestApiServer.StartAsync((409, Status("Conflict", "already")), (200, """{"metadata":{"deletionTimestamp":"2030-01-01T00:00:00Z"}}"""));

        await server.Connect().DeleteAsync(new ResourceReference(ResourceKind.Namespace, null, "ns"), _limit.Token);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task DeleteAsync_Conflict_Throws()
    {
        await using var server = await TestApiServer.StartAsync((409, Status("Conflict", "no")), (200, """{"metadata":{}}"""));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect().DeleteAsync(Set, _limit.Token));

        Assert.Equal("cluster-conflict", failure.Code);
    }

    [Fact]
    public async Task FollowLogsAsync_Pod_GivesEachLine()
    {
        await using var server = await TestApiServer.StartAsync((200, "one\ntwo\n"));

        Assert.Equal(["one", "two"], await server.Connect().FollowLogsAsync("ns", "peer-1-0", null, 5, _limit.Token).ToListAsync(_limit.Token));
        Assert.Equal("/api/v1/namespaces/ns/pods/peer-1-0/log?tailLines=5&follow=true", server.Requests.Last().Path);
    }

    [Fact]
    public async Task LogsAsync_Pod_ReadsItsTail()
    {
        await using var server = await TestApiServer.StartAsync((200, "one\ntwo\n"));

        Assert.Equal("one\ntwo\n", await server.Connect().LogsAsync("ns", "peer-1-0", "peer", 2, _limit.Token));
        Assert.StartsWith("/api/v1/namespaces/ns/pods/peer-1-0/log?container=peer&tailLines=2", Assert.Single(server.Requests).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Request_FailsInPassing_IsTriedAgain(int status)
    {
        await using var server = await TestApiServer.StartAsync((status, ""), (status, ""), (200, "{}"));

        Assert.NotNull(await server.Connect().GetAsync(Set, _limit.Token));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Request_KeepsFailing_GivesUpTransiently()
    {
        await using var server = await TestApiServer.StartAsync((503, ""));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect().GetAsync(Set, _limit.Token));

        Assert.Equal(("cluster-unavailable", true, 503, 4), (failure.Code, failure.IsTransient, failure.Status, server.Requests.Count));
    }

    [Theory]
    [InlineData(400, "cluster-refused", false)]
    [InlineData(403, "cluster-unauthorized", false)]
    [InlineData(409, "cluster-conflict", true)]
    [InlineData(410, "cluster-expired", true)]
    [InlineData(422, "cluster-invalid", false)]
    public async Task Request_Refused_IsNotTriedAgain(int status, string code, bool isTransient)
    {
        await using var server = await TestApiServer.StartAsync((status, Status("Reason", "because")));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect().GetAsync(Set, _limit.Token));

        Assert.Equal((code, isTransient, status), (failure.Code, failure.IsTransient, failure.Status));
        Assert.Equal("cannot get StatefulSet \"ns/peer-1\": because", failure.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("pods is forbidden: exceeded quota: baas", "cluster-quota", false)]
    [InlineData("services is forbidden: status unknown for quota: baas, resources: services", "cluster-quota-pending", true)]
    [InlineData("pods is forbidden: violates PodSecurity restricted", "cluster-refused", false)]
    public async Task Request_Forbidden_TellsQuotaFromRights(string message, string code, bool isTransient)
    {
        await using var server = await TestApiServer.StartAsync((403, Status("Forbidden", message)));

        var failure = await FailureAsync(server.Connect());

        Assert.Equal((code, isTransient), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Request_IntoEndingNamespace_MaySucceedLater()
    {
        const string Body = """{"kind":"Status","message":"is being terminated","details":{"causes":[{"reason":"NamespaceTerminating"}]}}""";
        await using var server = await TestApiServer.StartAsync((403, Body));

        var failure = await FailureAsync(server.Connect());

        Assert.Equal(("namespace-terminating", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Request_AboutASecret_DoesNotQuoteTheServer()
    {
        await using var server = await TestApiServer.StartAsync((422, Status("Invalid", "data: Invalid value: \"the-key\"")));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect().ApplyAsync(new Manifest(Secret, []), _limit.Token));

        Assert.DoesNotContain("the-key", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Request_AnswerIsNoObject_IsMalformed(string body)
    {
        await using var server = await TestApiServer.StartAsync((200, body));

        Assert.Equal("cluster-malformed", (await FailureAsync(server.Connect())).Code);
    }

    [Fact]
    public async Task Request_AnswerWithoutEnd_IsNotRead()
    {
        await using var server = await TestApiServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1L << 30;
            await context.Response.StartAsync();
        });

        var failure = await FailureAsync(server.Connect());

        Assert.Equal(("cluster-malformed", false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Request_NoAnswerInTime_IsUnreachable()
    {
        await using var server = await TestApiServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        var failure = await FailureAsync(server.Connect(retries: TestApiServer.FastWith(TimeSpan.FromMilliseconds(100))));

        Assert.Equal(("cluster-unreachable", true, (int?)null), (failure.Code, failure.IsTransient, failure.Status));
    }

    [Fact]
    public async Task Request_NobodyListens_IsUnreachable()
    {
        var server = await TestApiServer.StartAsync((200, "{}"));
        var api = server.Connect();
        await server.DisposeAsync();

        var failure = await FailureAsync(api);

        Assert.Equal(("cluster-unreachable", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Request_ServerOfAnotherAuthority_IsUntrusted()
    {
        using var other = new Fabric.TestAuthority("other");
        await using var server = await TestApiServer.StartAsync((200, "{}"));

        var failure = await FailureAsync(server.Connect(authority: other.Pem));

        Assert.Equal(("cluster-untrusted", false), (failure.Code, failure.IsTransient));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Request_Cancelled_EndsAsCancelled()
    {
        await using var server = await TestApiServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Connect().GetAsync(Set, soon.Token));
    }

    [Theory]
    [InlineData(1, null, 200)]
    [InlineData(3, null, 800)]
    [InlineData(1, 1000, 1000)]
    [InlineData(1, 60_000, 5000)]
    [InlineData(30, null, 5000)]
    public void DelayAfter_Failures_GrowsToTheCapAndHeedsRetryAfter(int failures, int? asked, int expected)
    {
        TimeSpan? after = asked is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

        Assert.Equal(TimeSpan.FromMilliseconds(expected), new ClusterRetries().DelayAfter(failures, after));
    }

    private async Task<KubernetesException> FailureAsync(IKubernetesApi api) =>
        await Assert.ThrowsAsync<KubernetesException>(() => api.GetAsync(Set, _limit.Token));

    internal static string Status(string reason, string message) =>
        new JsonObject { ["kind"] = "Status", ["reason"] = reason, ["message"] = message }.ToJsonString();
}
