using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Health;

/// <summary>Asks a cluster for one small object.</summary>
internal sealed class ClusterReach(KubernetesClusters clusters, HealthOptions options) : IClusterReach
{
    /// <inheritdoc/>
    public async Task<bool> AnswersAsync(ClusterName cluster, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ClusterLimit);
        try
        {
            await clusters.Get(cluster).Api.GetAsync(ResourceReference.OfEveryCluster, limit.Token);
            return true;
        }
        catch (KubernetesException failure)
        {
            return failure.Status is not null; // it refuses, so it is there
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
