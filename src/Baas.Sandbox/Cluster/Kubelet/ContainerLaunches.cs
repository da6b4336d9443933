using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Makes what a runtime needs to start a container.</summary>
internal static class ContainerLaunches
{
    /// <summary>The launch with all references resolved.</summary>
    /// <exception cref="ConfigurationException">A reference leads nowhere.</exception>
    public static ContainerLaunch For(KubeletContext context, PodRun run, JsonObject container, Action<string> log)
    {
        var space = run.Pod.Namespace ?? "";
        var variables = new PodEnvironment(
            secret => context.Store.Get(new ObjectKey(ClusterKinds.Secrets, space, secret)),
            configMap => context.Store.Get(new ObjectKey(ClusterKinds.ConfigMaps, space, configMap))).Of(run.Pod, container);
        return Bare(context, run.Pod, container, run.Address) with
        {
            Command = [.. container.Texts("command").Concat(container.Texts("args")).Select(word => Expansion.Expand(word, variables))],
            Environment = variables,
            Mounts = PodVolumes.MountsOf(run.Pod, container, run.Volumes),
            Log = log,
        };
    }

    /// <summary>The launch without what has to be resolved, its variables as they are written: enough to ask which runtime takes it.</summary>
    public static ContainerLaunch Bare(KubeletContext context, JsonObject pod, JsonObject container, IPAddress address) => new()
    {
        Namespace = pod.Namespace ?? "",
        Pod = pod.Name,
        Container = container.Text("name") ?? "",
        Image = container.Text("image") ?? "",
        Command = [],
        Environment = container.Objects("env").ToLookup(variable => variable.Text("name") ?? "", variable => variable.Text("value") ?? "")
            .ToDictionary(variable => variable.Key, variable => variable.Last(), StringComparer.Ordinal),
        Mounts = [],
        Folder = Path.Combine(context.FolderOf(pod.Uid), "containers", container.Text("name") ?? ""),
        Address = address,
        Ports = [.. container.Objects("ports").Select(port => (int)(port.Number("containerPort") ?? 0)).Where(port => port > 0)],
        Resolve = name => AliasIn(pod, name) ?? context.Dns.Resolve(name, pod.Namespace ?? ""),
        Log = static _ => { },
    };

    // What a pod's own hosts file says comes before DNS.
    private static IPAddress? AliasIn(JsonObject pod, string name) =>
        (pod["spec"] as JsonObject)?.Objects("hostAliases").FirstOrDefault(alias => alias["hostnames"]?.AsArray().Any(host => (string?)host == name) == true)?.Text("ip") is { } ip
            ? IPAddress.Parse(ip)
            : null;
}
