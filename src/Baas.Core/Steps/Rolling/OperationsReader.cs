using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Rolling;

/// <summary>Asks a node's operations endpoint, through the cluster's API: no Service leads there.</summary>
internal sealed class OperationsReader(KubernetesClusters clusters)
{
    /// <summary>What the node measures.</summary>
    /// <exception cref="KubernetesException">The pod did not answer.</exception>
    public Task<string> MetricsAsync(NetworkReference network, NodeReference node, NodeRole role, ClusterName? cluster, CancellationToken cancellationToken)
    {
        var place = new PlacedNode(network, node, role);
        var port = role == NodeRole.Orderer ? Ports.OrdererOperations : Ports.PeerOperations;
        return clusters.Get(cluster).Api.ProxyAsync(new ResourceReference(ResourceKind.Pod, place.Namespace, $"{place.Name}-0"), port, "metrics", cancellationToken);
    }
}
