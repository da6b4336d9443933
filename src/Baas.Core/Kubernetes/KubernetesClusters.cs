using Baas.Core.Networks;

namespace Baas.Core.Kubernetes;

/// <summary>The clusters by name; each is connected when it is first asked for, and once.</summary>
/// <param name="clusters">The clusters; the first is the default one.</param>
/// <param name="connect">Makes the API of a cluster. What fails is tried again the next time.</param>
public sealed class KubernetesClusters(IReadOnlyList<ClusterOptions> clusters, Func<ClusterOptions, IKubernetesApi> connect) : IDisposable
{
    private readonly Lock _guard = new();
    private readonly Dictionary<string, KubernetesCluster> _connected = new(StringComparer.Ordinal);

    /// <summary>What the settings say of all clusters.</summary>
    public IReadOnlyList<ClusterOptions> All => clusters;

    private ClusterOptions? Default => clusters.Count > 0 ? clusters[0] : null;

    /// <summary>A cluster.</summary>
    /// <param name="name">Its name; null for the default one.</param>
    /// <exception cref="KubernetesException">There is none of that name (<c>cluster-unknown</c>), or the way to it is not to be found.</exception>
    public KubernetesCluster Get(ClusterName? name)
    {
        var options = Find(name);
        lock (_guard)
        {
            if (!_connected.TryGetValue(options.Name, out var cluster))
            {
                cluster = new KubernetesCluster(options, connect(options));
                _connected.Add(options.Name, cluster);
            }

            return cluster;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        lock (_guard)
        {
            foreach (var cluster in _connected.Values)
            {
                (cluster.Api as IDisposable)?.Dispose();
            }

            _connected.Clear();
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
}
