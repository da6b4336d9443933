using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Functions.Hosting.Local;
using Baas.Sandbox;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Load;

/// <summary>Many networks at once, on one service and one sandbox.</summary>
public sealed class ManyNetworksTests : IAsyncLifetime
{
    private const int Networks = 50;
    private const string Tenant = "/api/v1/tenants/default";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly TestFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = Patience };
    private SandboxCluster _sandbox = null!; // InitializeAsync
    private LocalService _service = null!; // InitializeAsync

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxCluster.StartAsync(new SandboxOptions { DataFolder = _folder.In("sandbox") }, CancellationToken.None);
        _service = await LocalService.StartAsync(
            new LocalOptions
            {
                DataFolder = _folder.In("data"),
                Port = 0,
                Clusters = [new ClusterOptions { Name = "default", Region = "sandbox", Kubeconfig = _sandbox.KubeconfigPath, DefaultExposure = Exposure.LoadBalancer }],
            },
            CancellationToken.None);
        await _service.EnsureTenantAsync("default", CancellationToken.None);
        _client.BaseAddress = _service.Address;
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _service.IssueAdminKeyAsync("test", CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task FiftyAtOnce_AllSucceed_AndABusyOneIsRefused()
    {
        var begun = await Task.WhenAll(Enumerable.Range(1, Networks).Select(CreateAsync));

        // The first ones are still being made, as each of them has dozens of steps.
        using var second = await _client.DeleteAsync($"{Tenant}/networks/load-{Networks}");
        var problem = JsonNode.Parse(await second.Content.ReadAsStringAsync())!; // problems are objects
        Assert.Equal((HttpStatusCode.Conflict, "network-busy", begun[^1]), (second.StatusCode, (string?)problem["code"], (string?)problem["operation"]));

        var ended = await Task.WhenAll(begun.Select(EndOfAsync));
        Assert.All(ended, operation => Assert.True((string?)operation["state"] == "succeeded", operation.ToJsonString()));
        var listed = JsonNode.Parse(await _client.GetStringAsync($"{Tenant}/networks?limit=200"))!["items"]!.AsArray();
        Assert.Equal(Networks, listed.Count(network => (string?)network!["state"] == "ready"));
    }

    private async Task<string> CreateAsync(int number)
    {
        var specification = $$"""
            name: load-{{number}}
            fabricVersion: 3.1.5
            ordering: { nodes: 1, batch: { timeout: 100ms } }
            organizations: [{ name: org1, peers: 1 }]
            channels: [{ name: main }]
            chaincodes: [{ name: asset, channel: main, image: baas.example/asset-chaincode:1.0 }]
            """;
        using var answer = await _client.PostAsync($"{Tenant}/networks", new StringContent(specification, Encoding.UTF8, "application/yaml"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return (string)JsonNode.Parse(text)!["id"]!; // an operation has one
    }

    // The stream of its events ends with the operation.
    private async Task<JsonNode> EndOfAsync(string operation)
    {
        var events = await _client.GetStringAsync($"{Tenant}/operations/{operation}/events");
        Assert.Contains("event: end", events, StringComparison.Ordinal);
        return JsonNode.Parse(await _client.GetStringAsync($"{Tenant}/operations/{operation}"))!; // an object
    }
}
