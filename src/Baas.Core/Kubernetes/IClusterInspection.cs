namespace Baas.Core.Kubernetes;

/// <summary>What is asked of a cluster only to see how things are.</summary>
public interface IClusterInspection
{
    /// <summary>Whether the object is there, found out without reading it: an apply that changes nothing says whether it would create.</summary>
    /// <remarks>Secrets are written and never read, so Baas needs no right to read those of a whole cluster.</remarks>
    /// <exception cref="KubernetesException">The cluster refused, or did not answer.</exception>
    Task<bool> IsThereAsync(Manifest manifest, CancellationToken cancellationToken);

    /// <summary>What a pod or a cluster node answers to a GET that the API server hands on.</summary>
    /// <param name="target">The pod or the cluster node.</param>
    /// <param name="port">The pod's port; null for a cluster node.</param>
    /// <param name="path">The path there, such as <c>metrics</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">There was no answer, no right to ask, or no success.</exception>
    Task<string> ProxyAsync(ResourceReference target, int? port, string path, CancellationToken cancellationToken);
}
