using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary>A kubeconfig of a cluster that nobody will ask.</summary>
internal static class Kubeconfig
{
    public static string Write(WorkFolder folder)
    {
        var path = folder.In("kubeconfig");
        File.WriteAllText(path, """
            apiVersion: v1
            kind: Config
            current-context: none
            contexts: [{ name: none, context: { cluster: none, user: none } }]
            clusters: [{ name: none, cluster: { server: "https://127.0.0.1:1" } }]
            users: [{ name: none, user: { token: none } }]
            """);
        return path;
    }
}
