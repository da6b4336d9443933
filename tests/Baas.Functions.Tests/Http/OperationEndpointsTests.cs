using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Time;

namespace Baas.Functions.Tests.Http;

public class OperationEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Tenant = $"/api/v1/tenants/{ApiHost.Tenant}";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Events_TellEachChangeAndTheEnd()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var id = await BeginAsync(client, "watched");
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = await client.GetStreamAsync($"{Tenant}/operations/{id}/events", patience.Token);
        var events = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("operation", events.Current.EventType);
        host.Workflows.Change(id, status => status with
        {
            Calls = [new CallStatus { Kind = CallKind.Step, Name = "ApplyPeer", Subject = "peer-1.org1", State = WorkflowState.Running, Attempt = 2, StartedAt = DateTimeOffset.UnixEpoch }],
        });
        Assert.True(await events.MoveNextAsync());
        var step = JsonNode.Parse(events.Current.Data)!["steps"]![0]!;
        Assert.Equal(("ApplyPeer", 2), ((string?)step["name"], (int?)step["attempt"]));
        await host.Services.EndAsync(id, "watched");
        host.Workflows.Change(id, status => status with { State = WorkflowState.Completed });
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("end", "succeeded"), (events.Current.EventType, (string?)JsonNode.Parse(events.Current.Data)!["state"]));
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Events_CallerGoesAway_NobodyWatchesAnyMore()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var id = await BeginAsync(client, "left");
        using var patience = new CancellationTokenSource(Patience);
        using (var answer = await client.GetAsync($"{Tenant}/operations/{id}/events", HttpCompletionOption.ResponseHeadersRead, patience.Token))
        {
            await Until.TrueAsync(() => host.Workflows.Watchers == 1, Patience);
        }

        await Until.TrueAsync(() => host.Workflows.Watchers == 0, Patience);
    }

    [Fact]
    public async Task Get_EndIsRecordedWhileTheWorkflowRuns_IsRunningUntilItsNetworkIsFree()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var id = await BeginAsync(client, "ending");

        await host.Services.EndAsync(id, "ending");
        Assert.Equal("running", (string?)(await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations/{id}"), HttpStatusCode.OK))["state"]);

        host.Workflows.Change(id, status => status with { State = WorkflowState.Completed });
        Assert.Equal("succeeded", (string?)(await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations/{id}"), HttpStatusCode.OK))["state"]);
    }

    [Fact]
    public async Task Cancel_RunningAndEnded()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var id = await BeginAsync(client, "stopped");

        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync($"{Tenant}/operations/{id}/cancel", null)).StatusCode);
        await host.Services.EndAsync(id, "stopped");
        Assert.Equal("operation-not-cancelable", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/operations/{id}/cancel", null), HttpStatusCode.Conflict));
        Assert.Equal("operation-not-retryable", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/operations/{id}/retry", null), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Unknown_IsNotFoundEverywhere()
    {
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal("operation-not-found", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/operations/op-none"), HttpStatusCode.NotFound));
        Assert.Equal("operation-not-found", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/operations/op-none/events"), HttpStatusCode.NotFound));
        Assert.Equal("operation-not-found", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/operations/op-none/cancel", null), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Description_IsOpenApi31AndKnowsEveryRoute()
    {
        using var client = await host.ClientAsync(null);

        var document = await ApiHost.ReadAsync(await client.GetAsync("/openapi/v1.json"), HttpStatusCode.OK);

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        Assert.Contains("/api/v1/tenants/{tenant}/networks/{network}", paths.Select(path => path.Key));
        Assert.Contains("/api/v1/tenants/{tenant}/operations/{operation}/events", paths.Select(path => path.Key));
        Assert.All(paths.SelectMany(path => path.Value!.AsObject()), verb => Assert.False(string.IsNullOrEmpty((string?)verb.Value!["summary"])));
    }

    private static async Task<string> BeginAsync(HttpClient client, string network)
    {
        var operation = await ApiHost.ReadAsync(await client.PostAsync($"{Tenant}/networks", ApiHost.Yaml(ApiHost.Specification(network))), HttpStatusCode.Accepted);
        return (string)operation["id"]!;
    }
}
