using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Health;

/// <summary>The views of all clusters in one round; each is asked once, when a network of it comes first, and none waits for another.</summary>
internal sealed class ClusterViews(KubernetesClusters clusters, HealthOptions options, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, Task<(ClusterView? View, string? Failure)>> _views = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The view of a cluster, or why there is none.</summary>
    public Task<(ClusterView? View, string? Failure)> GetAsync(ClusterName? name)
    {
        lock (_gate)
        {
            var key = NameOf(name);
            if (!_views.TryGetValue(key, out var view))
            {
                view = ReadAsync(name);
                _views.Add(key, view);
            }

            return view;
        }
    }

    /// <summary>What a cluster is called in findings.</summary>
    public string NameOf(ClusterName? name) => name?.Value ?? (clusters.All.Count > 0 ? clusters.All[0].Name : "default");

    private async Task<(ClusterView? View, string? Failure)> ReadAsync(ClusterName? name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ClusterLimit);
        try
        {
            await Task.Yield(); // the lock is not held while the cluster is asked
            return (await ClusterView.ReadAsync(clusters.Get(name), limit.Token), null);
        }
        catch (KubernetesException failure)
        {
            return (null, Messages.OneLine(failure.Message, 300));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"cluster \"{NameOf(name)}\" does not answer within {options.ClusterLimit.TotalSeconds:0.#} s");
        }
    }
}
