using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Fabric;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Networks.Validation;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Steps.Health;
using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Baas.Core.Workflows.Engine;
using Baas.Functions.Http;
using Baas.Testing;
using Baas.Testing.Kubernetes;
using Baas.Testing.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Http;

/// <summary>The API on a real socket of the local host, with records in memory and workflows that the test drives.</summary>
public class ApiHost : IAsyncLifetime, IAsyncDisposable
{
    public const string Tenant = "acme";

    private readonly TestFolder _folder = new();
    private WebApplication? _app;
    private Uri _address = null!; // InitializeAsync

    internal FakeWorkflows Workflows { get; } = new(TimeProvider.System);

    internal IServiceProvider Services { get; private set; } = null!; // InitializeAsync

    public async Task InitializeAsync()
    {
        (Services, _address) = await StartAsync();
        await Services.GetRequiredService<TenantOperations>().EnsureAsync(TenantName.Parse(Tenant), null, default);
    }

    public virtual async Task DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client with a key of this role; without one when the role is null.</summary>
    public async Task<HttpClient> ClientAsync(Role? role, string tenant = Tenant)
    {
        var client = new HttpClient { BaseAddress = _address };
        if (role is { } wanted)
        {
            var keys = Services.GetRequiredService<ApiKeys>();
            var issued = await keys.CreateAsync(wanted, wanted == Role.Admin ? null : TenantName.Parse(tenant), "test", null, default);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Key);
        }

        return client;
    }

    /// <summary>A specification as a body.</summary>
    public static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    /// <summary>A JSON body.</summary>
    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A small valid specification.</summary>
    public static string Specification(string name) => $$"""
        name: {{name}}
        fabricVersion: 3.1.5
        ordering: { nodes: 1 }
        organizations: [{ name: org1, peers: 1 }]
        channels: [{ name: main }]
        """;

    /// <summary>The answer as JSON after its status was checked.</summary>
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A problem's code after its status was checked.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var problem = await ReadAsync(answer, expected);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)expected, (int?)problem["status"]);
        return (string?)problem["code"] ?? "";
    }

    /// <summary>The host's settings; none but in tests of them.</summary>
    private protected virtual IEnumerable<KeyValuePair<string, string?>> Settings => [];

    /// <summary>Starts the host.</summary>
    /// <returns>Its services, and where it listens.</returns>
    private protected virtual async Task<(IServiceProvider Services, Uri Address)> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SpecificationOptions { Limits = new SpecLimits() })
            .AddStores()
            .AddPki()
            .AddFabric()
            .AddOperations()
            .AddApi(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        AddFakes(builder.Services);
        _app = builder.Build();
        _app.Run(ApiPipeline.Build(_app.Services));
        await _app.StartAsync();
        return (_app.Services, new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()));
    }

    /// <summary>Adds what takes the place of the world around the API.</summary>
    private protected IServiceCollection AddFakes(IServiceCollection services) => services
        .AddSingleton<IBlobStore, MemoryBlobStore>()
        .AddSingleton<IMasterKey>(new AesMasterKey(new byte[32]))
        .AddSingleton(new FileWorkQueue(_folder.In("queue"), TimeProvider.System))
        .AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<FileWorkQueue>())
        .AddSingleton<IPoisonQueue>(provider => provider.GetRequiredService<FileWorkQueue>())
        .AddSingleton<FakeKubernetes>()
        .AddSingleton(provider => provider.GetRequiredService<FakeKubernetes>().Clusters())
        .AddSingleton<IClusterReach, ClusterReach>()
        .AddSingleton<IWorkflowClient>(Workflows);
}
