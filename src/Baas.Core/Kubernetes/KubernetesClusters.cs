using Baas.Core.Networks;

namespace Baas.Core.Kubernetes;

/// <summary>The clusters by name; each is connected when it is first asked for, and once.</summary>
/// <param name="clusters">The clusters; the first is the default one.</param>
/// <param name="connect">Makes the API of a cluster. What fails is tried again the next time.</param>
public sealed class KubernetesClusters(IReadOnlyList<ClusterOptions> clusters, Func<ClusterOptions, IKubernetesApi> connect) : IDisposable
{
    private readonly IReadOnlyDictionary<ClusterOptions, Connection> _connections = clusters.ToDictionary(cluster => cluster, _ => new Connection());

    /// <summary>What the settings say of all clusters.</summary>
    public IReadOnlyList<ClusterOptions> All => clusters;

    private ClusterOptions? Default => clusters.Count > 0 ? clusters[0] : null;

    /// <summary>A cluster.</summary>
    /// <param name="name">Its name; null for the default one.</param>
    /// <exception cref="KubernetesException">There is none of that name (<c>cluster-unknown</c>), or the way to it is not to be found.</exception>
    public KubernetesCluster Get(ClusterName? name)
    {
        var options = Find(name);
        var connection = _connections[options];
        lock (connection.Guard) // its own: a credential plugin that hangs holds up no other cluster
        {
            return connection.Made ??= new KubernetesCluster(options, connect(options));
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (var connection in _connections.Values)
        {
            lock (connection.Guard)
            {
                (connection.Made?.Api as IDisposable)?.Dispose();
                connection.Made = null;
            }
        }
    }

    private ClusterOptions Find(ClusterName? name)
    {
        var found = name is { } wanted ? clusters.FirstOrDefault(cluster => cluster.Name == wanted.Value) : Default;
        return found ?? throw Unknown(name is null
            ? "cannot find the default cluster: the settings have no cluster"
            : $"cannot find cluster \"{name}\": the settings have none of that name");
    }

    private static KubernetesException Unknown(string message) => new("cluster-unknown", message);

    private sealed class Connection
    {
        public Lock Guard { get; } = new();

        public KubernetesCluster? Made { get; set; }
    }
}
