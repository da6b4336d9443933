using Azure.Core;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;
using Baas.Functions.Hosting.Cloud;
using k8s;
using KubernetesException = Baas.Core.Kubernetes.KubernetesException;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Finds the way to clusters with the official client: a kubeconfig with any of its credentials, exec plugins among them, or AKS by the app's identity.</summary>
internal sealed class ClusterConnector(TokenCredential? entra, TimeProvider clock)
{
    private const int MaxMessage = 300; // a failed plugin's has its stack in it

    /// <summary>Connects. Nothing is sent yet, but an exec plugin of the kubeconfig runs.</summary>
    /// <exception cref="KubernetesException">The kubeconfig or the service account is missing or malformed (<c>cluster-unconfigured</c>).</exception>
    public IKubernetesApi Connect(ClusterOptions cluster)
    {
        if (cluster.InCluster)
        {
            return KubernetesConnector.Connect(cluster, clock); // a pod has one way, for which no plugin is needed
        }

        var way = Open(cluster);
        if (way.SkipTlsVerify && !cluster.AllowInsecureTls)
        {
            throw Unusable(cluster, "its kubeconfig switches off the check of the API server's certificate, which only setting \"allowInsecureTls\" may do", null);
        }

        way.HttpClientTimeout = Timeout.InfiniteTimeSpan; // each request has its own limit, and watches have none
        IClusterCredentials credentials = entra is null ? new OfficialCredentials(cluster, way) : new EntraCredentials(entra, clock);
        var http = new k8s.Kubernetes(way).HttpClient;
        http.BaseAddress = new Uri(way.Host.EndsWith('/') ? way.Host : $"{way.Host}/");
        return new KubernetesClient(new ClusterSender(http, credentials, new CurrentCertificate(), null, new ClusterRetries(), clock));
    }

    private KubernetesClientConfiguration Open(ClusterOptions cluster)
    {
        var path = cluster.Kubeconfig ?? throw Unusable(cluster, "the settings name neither a kubeconfig nor inCluster", null);
        try
        {
            var file = KubernetesClientConfiguration.LoadKubeConfig(path);
            foreach (var context in entra is null ? [] : file.Contexts ?? [])
            {
                context.ContextDetails?.User = null; // the identity stands in for it: a plugin such as kubelogin is not on the app's machine
            }

            return KubernetesClientConfiguration.BuildConfigFromConfigObject(file, cluster.Context);
        }
        catch (Exception failure) // a border: the official client throws whatever comes, bare exceptions among it
        {
            throw Unusable(cluster, Messages.OneLine(failure.Message, MaxMessage), failure);
        }
    }

    private static KubernetesException Unusable(ClusterOptions cluster, string why, Exception? failure) =>
        new("cluster-unconfigured", $"cannot connect to cluster \"{cluster.Name}\" of the settings: {why}", cause: failure);

    /// <summary>The credentials that the official client has found. Client certificates are in its HTTP client already.</summary>
    private sealed class OfficialCredentials(ClusterOptions cluster, KubernetesClientConfiguration way) : IClusterCredentials
    {
        public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
        {
            try
            {
                return new((way.TokenProvider is null ? null : (await way.TokenProvider.GetAuthenticationHeaderAsync(cancellationToken)).Parameter) ?? way.AccessToken, null);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // as above
            {
                throw new KubernetesException("exec-plugin-failed", $"cannot get credentials for cluster \"{cluster.Name}\": {Messages.OneLine(failure.Message, MaxMessage)}", cause: failure) { IsTransient = true };
            }
        }
    }
}
