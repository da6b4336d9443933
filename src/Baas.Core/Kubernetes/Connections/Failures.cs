namespace Baas.Core.Kubernetes.Connections;

/// <summary>What can be wrong with the way to a cluster, as exceptions.</summary>
internal static class Failures
{
    public static KubernetesException KubeconfigMissing(string path, Exception? cause) =>
        new("kubeconfig-missing", $"cannot read kubeconfig \"{path}\": the file is not there or may not be read", cause: cause);

    public static KubernetesException Kubeconfig(string path, string problem, Exception? cause = null) =>
        new("kubeconfig-invalid", $"cannot read kubeconfig \"{path}\": {problem}", cause: cause);

    public static KubernetesException Insecure(string path, string cluster) =>
        new("kubeconfig-insecure", $"cannot use kubeconfig \"{path}\": cluster \"{cluster}\" skips the check of the server's certificate, which the settings do not allow (AllowInsecureTls)");

    // Transient: whoever renews the token may be replacing the file right now.
    public static KubernetesException TokenFile(string path, string problem, Exception? cause) =>
        new("cluster-token-missing", $"cannot read token file \"{path}\": {problem}", cause: cause) { IsTransient = true };

    public static KubernetesException Plugin(string command, string problem, bool isTransient, Exception? cause = null) =>
        new("exec-plugin-failed", $"cannot run credential plugin \"{command}\": {problem}", cause: cause) { IsTransient = isTransient };

    public static KubernetesException InCluster(string problem, Exception? cause = null) =>
        new("cluster-unconfigured", $"cannot use the credentials inside the cluster: {problem}", cause: cause);
}
