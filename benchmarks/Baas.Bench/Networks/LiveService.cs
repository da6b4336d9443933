using System.Diagnostics;
using Baas.Bench.Measuring;
using Baas.Cli.Api;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Functions.Hosting.Local;
using Baas.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Bench.Networks;

/// <summary>Service and sandbox in this process, used over HTTP as everybody uses them.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    private const string Tenant = "bench";

    private readonly WorkFolder _folder;
    private readonly SandboxCluster _sandbox;
    private readonly LocalService _service;

    private LiveService(WorkFolder folder, SandboxCluster sandbox, LocalService service, string key)
    {
        (_folder, _sandbox, _service) = (folder, sandbox, service);
        Api = new ApiClient(new Cli.Settings.ServiceAddress(service.Address, Tenant, key));
    }

    public ApiClient Api { get; }

    /// <summary>Starts both with emulated nodes and the default settings.</summary>
    public static Task<LiveService> StartAsync(CancellationToken cancellationToken) => StartAsync(SandboxNodes.Emulated, new Dictionary<string, string?>(), cancellationToken);

    /// <summary>Starts both.</summary>
    /// <param name="nodes">The kind of nodes.</param>
    /// <param name="settings">Settings that differ from the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="adjust">Changes what the service is made of.</param>
    public static async Task<LiveService> StartAsync(
        SandboxNodes nodes, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken, Action<IServiceCollection>? adjust = null)
    {
        var folder = new WorkFolder();
        var sandbox = await SandboxCluster.StartAsync(Sandbox(nodes, folder), cancellationToken);
        var service = await LocalService.StartAsync(
            new LocalOptions
            {
                DataFolder = folder.Path,
                Port = 0,
                Clusters = [new ClusterOptions { Name = "default", Kubeconfig = sandbox.KubeconfigPath, DefaultExposure = Exposure.LoadBalancer }],
                Adjust = adjust,
                Settings = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            },
            cancellationToken);
        await service.EnsureTenantAsync(Tenant, cancellationToken);
        return new LiveService(folder, sandbox, service, await service.IssueAdminKeyAsync("benchmark", cancellationToken));
    }

    /// <summary>A sandbox that keeps its data in the folder.</summary>
    public static SandboxOptions Sandbox(SandboxNodes nodes, WorkFolder folder) => new()
    {
        DataFolder = folder.In("sandbox"),
        Nodes = nodes,
        Programs = Cli.Agents.AgentProgram.ForSandbox,
        FabricBin = nodes == SandboxNodes.Process ? FabricScript.Programs : null,
        ImageFiles = [Path.Combine(Specifications.Repository, "examples", "sandbox-images.json")],
    };

    /// <summary>A part of the service.</summary>
    public T Get<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    /// <summary>Makes a network and waits until it is ready.</summary>
    /// <returns>The seconds from the request to the event that says so, and the operation.</returns>
    public async Task<(double Seconds, Operation Operation)> CreateAsync(string specification, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var body = ApiClient.Specification(specification, isYaml: true);
        var begun = await Api.ChangeAsync<Operation>(HttpMethod.Post, "/networks", body, cancellationToken);
        var ended = await WatchAsync(begun.Id, cancellationToken);
        return (watch.Elapsed.TotalSeconds, ended);
    }

    /// <summary>Deletes a network and waits until it is gone.</summary>
    public async Task DeleteAsync(string network, CancellationToken cancellationToken)
    {
        var begun = await Api.ChangeAsync<Operation>(HttpMethod.Delete, $"/networks/{network}", null, cancellationToken);
        await WatchAsync(begun.Id, cancellationToken);
    }

    /// <summary>Takes a backup of a network and waits until it is there.</summary>
    public async Task BackUpAsync(string network, CancellationToken cancellationToken)
    {
        var begun = await Api.ChangeAsync<Operation>(HttpMethod.Post, $"/networks/{network}/backups", null, cancellationToken);
        await WatchAsync(begun.Id, cancellationToken);
    }

    /// <summary>How much lies in the service's store, the journal and the sandbox left out.</summary>
    public long StoredBytes => new DirectoryInfo(_folder.In("store", "blobs")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _service.DisposeAsync();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Operation> WatchAsync(string id, CancellationToken cancellationToken)
    {
        Operation? last = null;
        await foreach (var operation in Api.WatchAsync(id, cancellationToken))
        {
            last = operation;
        }

        return last is { HasSucceeded: true }
            ? last
            : throw new BenchException($"operation {id} ended {last?.State}: {last?.Failure?.Step} {last?.Failure?.Subject}: {last?.Failure?.Message}");
    }
}
