namespace Baas.Core.Kubernetes.Connections;

/// <summary>A credential that stands in the kubeconfig.</summary>
internal sealed class FixedCredentials(ClusterCredential credential) : IClusterCredentials
{
    /// <inheritdoc/>
    public ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken) => ValueTask.FromResult(credential);
}
