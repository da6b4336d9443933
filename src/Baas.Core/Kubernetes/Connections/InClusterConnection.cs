using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>The way to the cluster in which this process runs as a pod.</summary>
internal static class InClusterConnection
{
    /// <summary>Where the kubelet lays a pod's service account.</summary>
    public const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Finds the way.</summary>
    /// <param name="folder">Where <c>token</c> and <c>ca.crt</c> lie.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="KubernetesException">This process is in no pod, or the pod has no token (<c>cluster-unconfigured</c>).</exception>
    public static ClusterConnection Open(string folder, Func<string, string?> variable, TimeProvider clock)
    {
        var host = variable("KUBERNETES_SERVICE_HOST");
        if (string.IsNullOrEmpty(host) || !int.TryParse(variable("KUBERNETES_SERVICE_PORT"), CultureInfo.InvariantCulture, out var port))
        {
            throw Failures.InCluster("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
        }

        var token = Path.Combine(folder, "token");
        if (!File.Exists(token))
        {
            throw Failures.InCluster("the pod has no service account token");
        }

        return new ClusterConnection
        {
            Server = new UriBuilder(Uri.UriSchemeHttps, host, port).Uri,
            Authorities = ReadAuthorities(Path.Combine(folder, "ca.crt")),
            Credentials = new TokenFileCredentials(token, null, clock),
        };
    }

    private static X509Certificate2Collection ReadAuthorities(string path)
    {
        try
        {
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPemFile(path);
            return authorities;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Failures.InCluster("the service account's ca.crt cannot be read", failure);
        }
    }
}
