using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

/// <summary>An upgrade goes into the queue, and what was given up of it is shown, sent again and deleted. Nobody takes messages out but the test.</summary>
public class QueueEndpointsTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Tenant = $"/api/v1/tenants/{ApiHost.Tenant}";
    private const string Poison = $"{Tenant}/queues/poison";

    private FileWorkQueue Queue => host.Services.GetRequiredService<FileWorkQueue>();

    private MessageReceiver Receiver => host.Services.GetRequiredService<MessageReceiver>();

    /// <summary>Takes away what the test before has left.</summary>
    public async Task InitializeAsync()
    {
        while (await Receiver.RunOnceAsync(default))
        {
        }

        foreach (var left in await Queue.PeekPoisonAsync(32, default))
        {
            await Queue.DeletePoisonAsync(left.Id, default);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Upgrade_IsQueuedAndBeginsWhenItIsTakenOut()
    {
        using var client = await ReadyAsync("begun");

        using var answer = await client.PostAsync($"{Tenant}/networks/begun/upgrades", ApiHost.Json("""{"fabricVersion":"3.1.6"}"""));
        var operation = await ApiHost.ReadAsync(answer, HttpStatusCode.Accepted);
        Assert.Equal(("queued", $"{Tenant}/operations/{operation["id"]}"), ((string?)operation["state"], answer.Headers.GetValues("Operation-Location").Single()));
        Assert.Equal("queued", await StateAsync(client, operation));

        Assert.True(await Receiver.RunOnceAsync(default));
        Assert.Equal("running", await StateAsync(client, operation));
        Assert.True(host.Workflows.Started.ContainsKey((string)operation["id"]!));
    }

    [Fact]
    public async Task Upgrade_CancelledWhileItIsQueued_HasEnded()
    {
        using var client = await ReadyAsync("canceled");
        var operation = await UpgradeAsync(client, "canceled");

        Assert.Equal("canceled", (string?)(await ApiHost.ReadAsync(await client.PostAsync($"{Tenant}/operations/{operation["id"]}/cancel", null), HttpStatusCode.Accepted))["state"]);
        Assert.Equal("operation-not-cancelable", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/operations/{operation["id"]}/cancel", null), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Poison_IsListedRetriedAndDeleted()
    {
        using var client = await ReadyAsync("moved");
        var operation = await UpgradeAsync(client, "moved");
        await ForgetNetworkAsync("moved");
        Assert.True(await Receiver.RunOnceAsync(default));

        var message = Assert.Single(await ListAsync(client, Poison));
        Assert.Equal(((string?)operation["id"], "moved", ApiHost.Tenant), ((string?)message!["operation"], (string?)message["network"], (string?)message["tenant"]));
        Assert.Contains("cannot find network", (string?)message["reason"], StringComparison.Ordinal);
        var failed = await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations/{operation["id"]}"), HttpStatusCode.OK);
        Assert.Equal(("failed", "queue-message-poisoned"), ((string?)failed["state"], (string?)failed["failure"]!["code"]));

        var retried = await ApiHost.ReadAsync(await client.PostAsync($"{Poison}/{message["id"]}/retry", null), HttpStatusCode.Accepted);
        Assert.Equal(("queued", (string?)operation["id"]), ((string?)retried["state"], (string?)retried["retryOf"]));
        Assert.Empty(await ListAsync(client, Poison));

        Assert.True(await Receiver.RunOnceAsync(default)); // the network is still gone
        var again = Assert.Single(await ListAsync(client, Poison));
        using var deleted = await client.DeleteAsync($"{Poison}/{again!["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("queue-message-not-found", await ApiHost.CodeAsync(await client.DeleteAsync($"{Poison}/{again["id"]}"), HttpStatusCode.NotFound));
        Assert.Equal("queue-message-not-found", await ApiHost.CodeAsync(await client.PostAsync($"{Poison}/{again["id"]}/retry", null), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Poison_ThatNobodyUnderstands_IsForAdmins()
    {
        await Queue.SendAsync("no JSON", default);
        await Receiver.RunOnceAsync(default);
        using var admin = await host.ClientAsync(Role.Admin);
        using var owner = await host.ClientAsync(Role.Owner);

        var message = Assert.Single(await ListAsync(admin, "/api/v1/queues/poison"));

        Assert.Equal("no JSON", (string?)message!["content"]);
        Assert.Empty(await ListAsync(owner, Poison));
        Assert.Equal("forbidden", await ApiHost.CodeAsync(await owner.GetAsync("/api/v1/queues/poison"), HttpStatusCode.Forbidden));
        Assert.Equal("queue-message-not-found", await ApiHost.CodeAsync(await owner.DeleteAsync($"{Poison}/{message["id"]}"), HttpStatusCode.NotFound));
        Assert.Equal("queue-message-not-understood", await ApiHost.CodeAsync(await admin.PostAsync($"/api/v1/queues/poison/{message["id"]}/retry", null), HttpStatusCode.Conflict));
        using var deleted = await admin.DeleteAsync($"/api/v1/queues/poison/{message["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Poison_ForReaders_IsForbidden()
    {
        using var reader = await host.ClientAsync(Role.Reader);

        Assert.Equal("forbidden", await ApiHost.CodeAsync(await reader.GetAsync(Poison), HttpStatusCode.Forbidden));
        Assert.Equal("forbidden", await ApiHost.CodeAsync(await reader.PostAsync($"{Poison}/x/retry", null), HttpStatusCode.Forbidden));
        Assert.Equal("forbidden", await ApiHost.CodeAsync(await reader.DeleteAsync($"{Poison}/x"), HttpStatusCode.Forbidden));
    }

    private async Task<HttpClient> ReadyAsync(string network)
    {
        var client = await host.ClientAsync(Role.Operator);
        var created = await ApiHost.ReadAsync(await client.PostAsync($"{Tenant}/networks", ApiHost.Yaml(ApiHost.Specification(network))), HttpStatusCode.Accepted);
        await host.Services.EndAsync((string)created["id"]!, network);
        return client;
    }

    private static async Task<JsonObject> UpgradeAsync(HttpClient client, string network) =>
        await ApiHost.ReadAsync(await client.PostAsync($"{Tenant}/networks/{network}/upgrades", ApiHost.Json("""{"fabricVersion":"3.1.6"}""")), HttpStatusCode.Accepted);

    private Task ForgetNetworkAsync(string network) => host.Services.GetRequiredService<RecordStore>().DeleteAsync(
        RecordNames.Network(new(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse(network))), BlobCondition.None, default);

    private static async Task<string?> StateAsync(HttpClient client, JsonObject operation) =>
        (string?)(await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations/{operation["id"]}"), HttpStatusCode.OK))["state"];

    private static async Task<JsonArray> ListAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!.AsArray();
}
