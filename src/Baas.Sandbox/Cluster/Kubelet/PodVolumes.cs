using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Lays the volumes of a pod out as folders: secrets as files of mode 0600 in folders of mode 0700.</summary>
internal sealed class PodVolumes(KubeletContext context)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;

    /// <summary>Makes or renews all volumes; gives their folders by the volumes' names.</summary>
    /// <exception cref="ConfigurationException">Something that a volume needs is not there.</exception>
    public IReadOnlyDictionary<string, string> Lay(JsonObject pod) =>
        pod.Objects("spec", "volumes").ToDictionary(volume => volume.Text("name") ?? "", volume => Lay(pod, volume), StringComparer.Ordinal);

    /// <summary>Whether the pod has a volume with content of that object.</summary>
    public static bool Uses(JsonObject pod, ObjectKey key)
    {
        var isSecret = key.Kind == ClusterKinds.Secrets;
        return pod.Objects("spec", "volumes")
            .SelectMany(volume => volume.Objects("projected", "sources").Prepend(volume))
            .Any(source => isSecret
                ? (source.Text("secret", "secretName") ?? source.Text("secret", "name")) == key.Name
                : source.Text("configMap", "name") == key.Name);
    }

    /// <summary>The mounts of a container.</summary>
    /// <exception cref="ConfigurationException">It mounts a volume that the pod does not have, or a path that leads out of it.</exception>
    public static IReadOnlyList<ContainerMount> MountsOf(JsonObject pod, JsonObject container, IReadOnlyDictionary<string, string> volumes) =>
    [
        .. container.Objects("volumeMounts").Select(mount =>
        {
            var name = mount.Text("name") ?? "";
            var folder = volumes.TryGetValue(name, out var known) ? known : throw new ConfigurationException($"volume \"{name}\" not found");
            var volume = pod.Objects("spec", "volumes").First(candidate => candidate.Text("name") == name);
            var isReadOnly = mount.Flag("readOnly") || volume.Has("secret", out _) || volume.Has("configMap", out _) || volume.Has("projected", out _) || volume.Has("downwardAPI", out _);
            return new ContainerMount(mount.Text("mountPath") ?? "/", Below(folder, mount.Text("subPath"), isReadOnly), isReadOnly);
        }),
    ];

    private static string Below(string folder, string? subPath, bool isReadOnly)
    {
        if (string.IsNullOrEmpty(subPath))
        {
            return folder;
        }

        if (Path.IsPathRooted(subPath) || subPath.Split('/').Contains(".."))
        {
            throw new ConfigurationException($"invalid subPath \"{subPath}\"");
        }

        var path = Path.Combine(folder, subPath);
        if (!isReadOnly)
        {
            Directory.CreateDirectory(path);
        }

        return path;
    }

    private string Lay(JsonObject pod, JsonObject volume)
    {
        var space = pod.Namespace ?? "";
        var name = volume.Text("name") ?? "";
        if (volume.Text("persistentVolumeClaim", "claimName") is { } claim)
        {
            return context.Claims.Ensure(space, claim) ?? throw new ConfigurationException($"persistentvolumeclaim \"{claim}\" not found");
        }

        var folder = Path.Combine(context.FolderOf(pod.Uid), "volumes", name);
        if (volume.Has("emptyDir", out _))
        {
            CreateFolder(folder);
            return folder;
        }

        var files = new VolumeFiles(
            secret => context.Store.Get(new ObjectKey(ClusterKinds.Secrets, space, secret)),
            configMap => context.Store.Get(new ObjectKey(ClusterKinds.ConfigMaps, space, configMap))).Of(pod, volume)
            ?? throw new ConfigurationException($"volume \"{name}\" is of a type that the sandbox does not support");
        Write(folder, files);
        return folder;
    }

    private static void Write(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        CreateFolder(folder);
        foreach (var (path, content) in files)
        {
            var target = Path.Combine(folder, path);
            CreateFolder(Path.GetDirectoryName(target) ?? folder);
            if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(content))
            {
                Replace(target, content);
            }
        }

        foreach (var existing in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!files.ContainsKey(Path.GetRelativePath(folder, existing)))
            {
                File.Delete(existing);
            }
        }
    }

    // A reader sees the old or the new content, never a part.
    private static void Replace(string target, byte[] content)
    {
        var next = target + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(content);
        }

        File.Move(next, target, overwrite: true);
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }
}
