using Baas.Core.Kubernetes;
using Baas.Testing;

namespace Baas.Functions.Tests.Hosting;

/// <summary>A cluster at a port on which nobody listens, for what needs none.</summary>
internal static class AbsentCluster
{
    /// <summary>Writes its kubeconfig.</summary>
    public static async Task<ClusterOptions> InAsync(TestFolder folder)
    {
        var kubeconfig = folder.In("kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{ name: c, context: { cluster: c, user: u } }]
            clusters: [{ name: c, cluster: { server: "https://127.0.0.1:9" } }]
            users: [{ name: u, user: { token: t } }]
            """);
        return new ClusterOptions { Kubeconfig = kubeconfig };
    }
}
