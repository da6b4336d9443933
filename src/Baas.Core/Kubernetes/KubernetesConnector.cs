using Baas.Core.Kubernetes.Connections;

namespace Baas.Core.Kubernetes;

/// <summary>Connects to clusters over Baas's own REST client.</summary>
public static class KubernetesConnector
{
    /// <summary>Finds the way to a cluster. Nothing is sent yet.</summary>
    /// <exception cref="KubernetesException">The kubeconfig or the service account is missing or malformed.</exception>
    public static IKubernetesApi Connect(ClusterOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        return Connect(Open(options, clock), new ClusterRetries(), clock);
    }

    /// <summary>Makes the client of a connection.</summary>
    internal static KubernetesClient Connect(ClusterConnection connection, ClusterRetries retries, TimeProvider clock)
    {
        var certificate = new CurrentCertificate();
        var http = ClusterHttp.Open(connection, certificate);
        return new KubernetesClient(new ClusterSender(http, connection.Credentials, certificate, connection.TlsServerName, retries, clock));
    }

    private static ClusterConnection Open(ClusterOptions options, TimeProvider clock)
    {
        if (options.InCluster)
        {
            return InClusterConnection.Open(InClusterConnection.ServiceAccountFolder, Environment.GetEnvironmentVariable, clock);
        }

        return options.Kubeconfig is { Length: > 0 } path
            ? new Kubeconfig(clock, options.AllowInsecureTls).Open(path, options.Context)
            : throw new KubernetesException("cluster-unconfigured", $"cannot connect to cluster \"{options.Name}\": the settings name neither a kubeconfig nor InCluster");
    }
}
