using Baas.Core.Kubernetes;
using Microsoft.AspNetCore.Http;

namespace Baas.Core.Tests.Kubernetes;

public sealed class ClusterWatchTests : IDisposable
{
    private const string Added = """{"type":"ADDED","object":{"metadata":{"name":"a"}}}""";
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task WatchAsync_Changes_AreGivenUntilTheServerEnds()
    {
        const string Bookmark = """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}""";
        await using var server = await StartAsync(context => context.Response.WriteAsync($"{Added}\n\n{Bookmark}\n"));

        var seen = await AllAsync(server.Connect());

        Assert.Equal(["ADDED", "BOOKMARK"], seen.Select(change => change.Type));
        Assert.Contains("resourceVersion=7", server.Requests.Last().Path, StringComparison.Ordinal);
        Assert.Contains("allowWatchBookmarks=true", server.Requests.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchAsync_VersionTooOldAtOnce_IsExpired()
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.StatusCode = 410;
            return context.Response.WriteAsync(KubernetesClientTests.Status("Expired", "too old"));
        });

        Assert.Equal("cluster-expired", (await Assert.ThrowsAsync<KubernetesException>(() => AllAsync(server.Connect()))).Code);
    }

    [Fact]
    public async Task WatchAsync_VersionTooOldLater_IsExpired()
    {
        const string Expired = """{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old"}}""";
        await using var server = await StartAsync(context => context.Response.WriteAsync($"{Added}\n{Expired}\n"));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => AllAsync(server.Connect()));

        Assert.Equal(("cluster-expired", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task WatchAsync_ConnectionTorn_FailsTransiently()
    {
        await using var server = await StartAsync(async context =>
        {
            await context.Response.WriteAsync(Added + "\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => AllAsync(server.Connect()));

        Assert.Equal(("cluster-unreachable", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task WatchAsync_LineTorn_FailsTransiently()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsync(Added + "\n" + Added[..20]));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => AllAsync(server.Connect()));

        Assert.Equal(("cluster-unreachable", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task WatchAsync_NotAChange_IsMalformed()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsync("{\"hello\":1}\n"));

        Assert.Equal("cluster-malformed", (await Assert.ThrowsAsync<KubernetesException>(() => AllAsync(server.Connect()))).Code);
    }

    [Fact]
    public async Task WatchAsync_Cancelled_EndsAsCancelled()
    {
        await using var server = await StartAsync(async context =>
        {
            await context.Response.WriteAsync(Added + "\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var change in server.Connect().WatchAsync(ResourceKind.Pod, "ns", null, stop.Token))
            {
                Assert.Equal("ADDED", change.Type);
                await stop.CancelAsync();
            }
        });
    }

    // The first request finds out from which version on to watch.
    private static Task<TestApiServer> StartAsync(RequestDelegate watch) => TestApiServer.StartAsync(context =>
        context.Request.Query.ContainsKey("watch") ? watch(context) : context.Response.WriteAsync("""{"metadata":{"resourceVersion":"7"},"items":[]}"""));

    private async Task<List<WatchEvent>> AllAsync(IKubernetesApi api)
    {
        List<WatchEvent> seen = [];
        await foreach (var change in api.WatchAsync(ResourceKind.Pod, "ns", "a=b", _limit.Token))
        {
            seen.Add(change);
        }

        return seen;
    }
}
