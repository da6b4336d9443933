namespace Baas.Core.Kubernetes.Connections;

/// <summary>Where the credential of a cluster comes from: the kubeconfig itself, a token file, or an exec plugin.</summary>
internal interface IClusterCredentials
{
    /// <summary>The credential for the next request.</summary>
    /// <param name="refused">A credential that the API server has just refused; another one is got when this one is still the current. Null at first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">There is none to be had.</exception>
    ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken);
}
