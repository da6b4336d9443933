using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;

namespace Baas.Core.Steps.Cluster;

/// <summary>What the steps that make and remove nodes share.</summary>
internal static class NodeObjects
{
    /// <summary>Removes a node's StatefulSet, Secret and volume, half-made or whole.</summary>
    public static async Task RemoveAsync(IKubernetesApi api, PlacedNode node, CancellationToken cancellationToken)
    {
        // First the one that would make the claim anew.
        await api.DeleteAsync(node.StatefulSet, cancellationToken);
        await api.DeleteAllAsync([node.Secret, node.Claim], cancellationToken);
    }
}
