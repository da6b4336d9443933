using System.Text.Json.Nodes;
using Baas.Cli.Agents;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Functions.Hosting.Local;
using Baas.Sandbox;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Testing;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.Serialization;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>One sandbox cluster in this process. Services come and go on it, each on a data folder of its own.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private bool _isLost;

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
    /// <param name="kubeconfig">How it finds the cluster; null for the administrator's file.</param>
    /// <param name="clusters">The clusters of its settings; null for this one alone.</param>
    public async Task<ServiceRun> StartServiceAsync(
        string name, Action<IServiceCollection>? adjust = null, int port = 0, string? kubeconfig = null, IReadOnlyList<ClusterOptions>? clusters = null)
    {
        var options = new LocalOptions
        {
            DataFolder = DataFolder(name),
            Port = port,
            Clusters = clusters ?? [Settings("default", kubeconfig ?? Cluster.KubeconfigPath)],
            LogLevel = Microsoft.Extensions.Logging.LogLevel.None,
            Adjust = adjust,
        };
        return await ServiceRun.OfAsync(await LocalService.StartAsync(options, CancellationToken.None));
    }

    /// <summary>The settings of a cluster.</summary>
    /// <param name="name">How specifications refer to it.</param>
    /// <param name="kubeconfig">How it is found.</param>
    public static ClusterOptions Settings(string name, string kubeconfig) => new() { Name = name, Region = "sandbox", Kubeconfig = kubeconfig, DefaultExposure = Exposure.LoadBalancer };

    /// <summary>Writes a kubeconfig of a user who may do what a role of the repository allows.</summary>
    /// <param name="user">The user.</param>
    /// <param name="roleFile">The file of one ClusterRole.</param>
    public string BindRole(string user, string roleFile)
    {
        var role = JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(new Deserializer().Deserialize<object>(File.ReadAllText(Repository.In(roleFile)))))!.AsObject(); // a file with one object
        Cluster.Store.Create(ClusterKinds.ClusterRoles, role);
        Cluster.Store.Create(ClusterKinds.ClusterRoleBindings, new JsonObject
        {
            ["apiVersion"] = "rbac.authorization.k8s.io/v1",
            ["kind"] = "ClusterRoleBinding",
            ["metadata"] = new JsonObject { ["name"] = user },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role["metadata"]!["name"]!.DeepClone() },
            ["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "User", ["name"] = user }),
        });
        var path = _folder.In($"{user}.kubeconfig");
        File.WriteAllText(path, Cluster.KubeconfigOf(user));
        return path;
    }

    /// <summary>Ends the cluster with all that is on it; the data folders of services stay.</summary>
    public async Task LoseClusterAsync()
    {
        if (!_isLost)
        {
            _isLost = true;
            await Cluster.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await LoseClusterAsync();
        _folder.Dispose();
    }

    private string SandboxFile(string name) => _folder.In("sandbox", name);
}
