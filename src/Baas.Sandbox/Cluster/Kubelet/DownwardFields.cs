using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>The fields of its pod that a container may ask for.</summary>
internal static class DownwardFields
{
    /// <summary>The value of a field path such as <c>metadata.name</c> or <c>metadata.labels['app']</c>.</summary>
    /// <exception cref="ConfigurationException">The field is not supported.</exception>
    public static string Read(JsonObject pod, string path) => path switch
    {
        "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName" or "spec.serviceAccountName" or "status.podIP" or "status.hostIP" =>
            pod.Text(path.Split('.')) ?? "",
        "status.podIPs" => pod.Text("status", "podIP") ?? "",
        "status.hostIPs" => pod.Text("status", "hostIP") ?? "",
        "metadata.labels" or "metadata.annotations" => Lines(pod.Object(path.Split('.'))),
        _ => Key(path) is { } key ? pod.Text("metadata", key.Map, key.Name) ?? "" : throw new ConfigurationException($"unsupported fieldPath: {path}"),
    };

    private static string Lines(JsonObject? map) =>
        string.Join('\n', (map ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}=\"{pair.Value.AsText()}\""));

    private static (string Map, string Name)? Key(string path)
    {
        foreach (var map in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            var start = $"metadata.{map}['";
            if (path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal))
            {
                return (map, path[start.Length..^2]);
            }
        }

        return null;
    }
}
