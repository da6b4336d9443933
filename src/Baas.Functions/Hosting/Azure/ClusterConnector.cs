using Azure.Core;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;
using Baas.Functions.Hosting.Cloud;
using k8s;
using k8s.Exceptions;
using KubernetesException = Baas.Core.Kubernetes.KubernetesException;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Finds the way to clusters with the official client: kubeconfig with any of its credentials, exec plugins, service account, or AKS by the app's identity.</summary>
internal sealed class ClusterConnector(TokenCredential? entra, TimeProvider clock)
{
    /// <summary>Connects. Nothing is sent yet.</summary>
    /// <exception cref="KubernetesException">The kubeconfig or the service account is missing or malformed (<c>cluster-unconfigured</c>).</exception>
    public IKubernetesApi Connect(ClusterOptions cluster)
    {
        var way = Open(cluster);
        if (way.SkipTlsVerify && !cluster.AllowInsecureTls)
        {
            throw Unusable(cluster, "its kubeconfig switches off the check of the API server's certificate, which only setting \"allowInsecureTls\" may do", null);
        }

        way.HttpClientTimeout = Timeout.InfiniteTimeSpan; // each request has its own limit, and watches have none
        IClusterCredentials credentials = entra is null || cluster.InCluster ? new OfficialCredentials(way.TokenProvider, way.AccessToken) : new EntraCredentials(entra, clock);
        var http = new k8s.Kubernetes(way).HttpClient;
        http.BaseAddress = new Uri(way.Host.EndsWith('/') ? way.Host : $"{way.Host}/");
        return new KubernetesClient(new ClusterSender(http, credentials, new CurrentCertificate(), null, new ClusterRetries(), clock));
    }

    private static KubernetesClientConfiguration Open(ClusterOptions cluster)
    {
        try
        {
            return cluster.InCluster
                ? KubernetesClientConfiguration.InClusterConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.Kubeconfig ?? throw Unusable(cluster, "the settings name neither a kubeconfig nor inCluster", null), cluster.Context);
        }
        catch (Exception failure) when (failure is KubeConfigException or IOException or YamlDotNet.Core.YamlException or FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw Unusable(cluster, failure.Message.ReplaceLineEndings(" "), failure);
        }
    }

    private static KubernetesException Unusable(ClusterOptions cluster, string why, Exception? failure) =>
        new("cluster-unconfigured", $"cannot connect to cluster \"{cluster.Name}\" of the settings: {why}", cause: failure);

    /// <summary>The credentials that the official client has found. Client certificates are in its HTTP client already.</summary>
    private sealed class OfficialCredentials(k8s.Authentication.ITokenProvider? provider, string? token) : IClusterCredentials
    {
        public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken) =>
            new((provider is null ? null : (await provider.GetAuthenticationHeaderAsync(cancellationToken)).Parameter) ?? token, null);
    }
}
