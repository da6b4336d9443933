using Baas.Cli.Agents;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Functions.Hosting.Local;
using Baas.Sandbox;
using Baas.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>One sandbox cluster in this process. Services come and go on it, each on a data folder of its own.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly TestFolder _folder;

    private SandboxHost(TestFolder folder, SandboxCluster cluster) => (_folder, Cluster) = (folder, cluster);

    public SandboxCluster Cluster { get; }

    /// <summary>The folder of the cluster's volumes, one folder for each claim.</summary>
    public string Volumes => SandboxFile("volumes");

    /// <summary>The folder of the cluster's pods.</summary>
    public string Pods => SandboxFile("pods");

    public static async Task<SandboxHost> StartAsync(Func<SandboxOptions, SandboxOptions>? adjust = null)
    {
        var folder = new TestFolder();
        try
        {
            return new SandboxHost(folder, await SandboxCluster.StartAsync((adjust ?? (same => same))(new SandboxOptions { DataFolder = folder.In("sandbox"), Programs = AgentProgram.ForSandbox }), CancellationToken.None));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The data folder of the service of that name.</summary>
    public string DataFolder(string service) => _folder.In(service);

    /// <summary>Starts a service; one of that name may have run before.</summary>
    /// <param name="name">Names its data folder.</param>
    /// <param name="adjust">Changes what it is made of.</param>
    /// <param name="port">Its port; 0 for any free one.</param>
    public async Task<ServiceRun> StartServiceAsync(string name, Action<IServiceCollection>? adjust = null, int port = 0)
    {
        var options = new LocalOptions
        {
            DataFolder = DataFolder(name),
            Port = port,
            Clusters = [new ClusterOptions { Name = "default", Region = "sandbox", Kubeconfig = Cluster.KubeconfigPath, DefaultExposure = Exposure.LoadBalancer }],
            LogLevel = Microsoft.Extensions.Logging.LogLevel.None,
            Adjust = adjust,
        };
        return await ServiceRun.OfAsync(await LocalService.StartAsync(options, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Dispose();
    }

    private string SandboxFile(string name) => _folder.In("sandbox", name);
}
