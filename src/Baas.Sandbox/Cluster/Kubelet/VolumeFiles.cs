using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>What stands in the files of a volume that is made of objects. Pure.</summary>
/// <param name="secret">Finds a Secret of the pod's namespace.</param>
/// <param name="configMap">Finds a ConfigMap of the pod's namespace.</param>
internal sealed class VolumeFiles(Func<string, JsonObject?> secret, Func<string, JsonObject?> configMap)
{
    /// <summary>The files of a secret, configMap, downwardAPI or projected volume by their relative path; null for other volumes.</summary>
    /// <exception cref="ConfigurationException">An object or a key is missing, or a source is not supported.</exception>
    public IReadOnlyDictionary<string, byte[]>? Of(JsonObject pod, JsonObject volume)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (volume.Object("projected") is { } projected)
        {
            foreach (var source in projected.Objects("sources"))
            {
                if (!Add(files, pod, source, "name"))
                {
                    throw new ConfigurationException($"volume \"{volume.Text("name")}\" has a projected source that the sandbox does not support");
                }
            }

            return files;
        }

        return Add(files, pod, volume, "secretName") ? files : null;
    }

    private bool Add(Dictionary<string, byte[]> files, JsonObject pod, JsonObject source, string secretNameField)
    {
        if (source.Object("secret") is { } ofSecret)
        {
            AddKeys(files, ofSecret, "secret", secret, ofSecret.Text(secretNameField) ?? "");
        }
        else if (source.Object("configMap") is { } ofConfigMap)
        {
            AddKeys(files, ofConfigMap, "configmap", configMap, ofConfigMap.Text("name") ?? "");
        }
        else if (source.Object("downwardAPI") is { } downward)
        {
            foreach (var item in downward.Objects("items"))
            {
                files[Safe(item.Text("path"))] = Encoding.UTF8.GetBytes(DownwardFields.Read(pod, item.Text("fieldRef", "fieldPath") ?? "resourceFieldRef"));
            }
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void AddKeys(Dictionary<string, byte[]> files, JsonObject source, string kind, Func<string, JsonObject?> find, string name)
    {
        var isOptional = source.Flag("optional");
        if (find(name) is not { } found)
        {
            if (!isOptional)
            {
                throw new ConfigurationException($"{kind} \"{name}\" not found");
            }

            return;
        }

        var content = ContentOf(found);
        var items = source.Objects("items").ToList();
        var wanted = items.Count > 0
            ? items.Select(item => (Key: item.Text("key") ?? "", Path: item.Text("path")))
            : content.Keys.Select(key => (Key: key, Path: (string?)key));
        foreach (var (key, path) in wanted)
        {
            if (content.TryGetValue(key, out var bytes))
            {
                files[Safe(path)] = bytes;
            }
            else if (!isOptional)
            {
                throw new ConfigurationException($"{kind} \"{name}\" references non-existent key: {key}");
            }
        }
    }

    private static Dictionary<string, byte[]> ContentOf(JsonObject found)
    {
        var isEncoded = found.Text("kind") is "Secret";
        var content = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, value) in found.Object("data") ?? [])
        {
            content[key] = isEncoded ? Convert.FromBase64String(value.AsText() ?? "") : Encoding.UTF8.GetBytes(value.AsText() ?? "");
        }

        foreach (var (key, value) in found.Object("binaryData") ?? [])
        {
            content[key] = Convert.FromBase64String(value.AsText() ?? "");
        }

        return content;
    }

    // A path of an object must not lead out of the volume.
    private static string Safe(string? path) =>
        path is { Length: > 0 } && !Path.IsPathRooted(path) && !path.Split('/').Contains("..")
            ? path
            : throw new ConfigurationException($"invalid volume path \"{path}\"");
}
