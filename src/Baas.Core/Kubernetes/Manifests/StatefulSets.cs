using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>A StatefulSet with the one pod of a node; the same frame for all roles. Pure: same arguments, same objects.</summary>
internal static class StatefulSets
{
    /// <summary>The name of the volume that keeps a node's data.</summary>
    public const string DataVolume = "data";

    /// <summary>The annotation that restarts the pod when certificates change.</summary>
    public const string FingerprintAnnotation = "baas.dev/certificates";

    private const string ScratchVolume = "tmp";

    /// <summary>The StatefulSet.</summary>
    public static Manifest Of(PodSettings pod)
    {
        var spec = new JsonObject
        {
            ["replicas"] = 1,
            ["serviceName"] = pod.Node.Service.Name,

            // Otherwise a pod that never becomes ready would not be replaced by a better one.
            ["podManagementPolicy"] = "Parallel",
            ["selector"] = new JsonObject { ["matchLabels"] = Labels.Selector(pod.Node) },
            ["template"] = Template(pod),
        };
        if (pod.DataFolder is not null)
        {
            spec["volumeClaimTemplates"] = new JsonArray(Claim(pod));
        }

        return Bodies.Of(pod.Node.StatefulSet, Labels.Of(pod.Node), ("spec", spec));
    }

    private static JsonObject Template(PodSettings pod)
    {
        var metadata = new JsonObject { ["labels"] = Labels.Of(pod.Node) };
        if (pod.Fingerprint.Length > 0)
        {
            metadata["annotations"] = new JsonObject { [FingerprintAnnotation] = pod.Fingerprint };
        }

        return new JsonObject { ["metadata"] = metadata, ["spec"] = PodSpec(pod) };
    }

    private static JsonObject PodSpec(PodSettings pod)
    {
        var spec = new JsonObject
        {
            ["automountServiceAccountToken"] = false,

            // Their variables would be taken for Fabric's settings: both begin with the names of nodes.
            ["enableServiceLinks"] = false,
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = pod.User,
                ["runAsGroup"] = pod.User,
                ["fsGroup"] = pod.User,
                ["fsGroupChangePolicy"] = "OnRootMismatch",
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
            ["topologySpreadConstraints"] = new JsonArray(Spread(pod.Node, "topology.kubernetes.io/zone"), Spread(pod.Node, "kubernetes.io/hostname")),
            ["containers"] = new JsonArray(Container(pod)),
        };
        if (Volumes(pod) is { Count: > 0 } volumes)
        {
            spec["volumes"] = volumes;
        }

        if (pod.Aliases.Count > 0)
        {
            spec["hostAliases"] = new JsonArray([.. pod.Aliases.Select(alias => new JsonObject { ["ip"] = alias.Address, ["hostnames"] = new JsonArray(alias.Name) })]);
        }

        if (pod.PullSecret is not null)
        {
            spec["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = pod.PullSecret });
        }

        return spec;
    }

    private static JsonObject Container(PodSettings pod)
    {
        var role = pod.Node.Role;
        var container = new JsonObject
        {
            ["name"] = Labels.NameOf(role),
            ["image"] = pod.Image,
            ["env"] = new JsonArray([.. pod.Environment]),
            ["ports"] = new JsonArray([.. Ports.OfContainer(role).Select(port =>
                new JsonObject { ["name"] = port.Name, ["containerPort"] = port.Port, ["protocol"] = "TCP" })]),
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = !pod.WritesToRoot,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            },

            // So that the pod's status tells why its program ended.
            ["terminationMessagePolicy"] = "FallbackToLogsOnError",
        };
        foreach (var (name, probe) in pod.Probes)
        {
            container[name] = probe;
        }

        if (pod.Resources is { } resources)
        {
            container["resources"] = Resources(resources);
        }

        if (Mounts(pod) is { Count: > 0 } mounts)
        {
            container["volumeMounts"] = mounts;
        }

        return container;
    }

    private static JsonArray Mounts(PodSettings pod)
    {
        JsonArray mounts = [];
        if (pod.Files is not null)
        {
            mounts.Add(new JsonObject { ["name"] = NodeFiles.Volume, ["mountPath"] = NodeFiles.Folder, ["readOnly"] = true });
        }

        if (pod.DataFolder is not null)
        {
            mounts.Add(new JsonObject { ["name"] = DataVolume, ["mountPath"] = pod.DataFolder });
        }

        if (pod.NeedsScratch)
        {
            mounts.Add(new JsonObject { ["name"] = ScratchVolume, ["mountPath"] = "/tmp" });
        }

        return mounts;
    }

    private static JsonArray Volumes(PodSettings pod)
    {
        JsonArray volumes = [];
        if (pod.Files is not null)
        {
            volumes.Add(pod.Files.VolumeOf(pod.Node));
        }

        if (pod.NeedsScratch)
        {
            volumes.Add(new JsonObject { ["name"] = ScratchVolume, ["emptyDir"] = new JsonObject { ["sizeLimit"] = "512Mi" } });
        }

        return volumes;
    }

    private static JsonObject Claim(PodSettings pod)
    {
        var resources = pod.Resources ?? new NodeResources();
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = resources.Storage } },
        };
        if (resources.StorageClass is not null)
        {
            spec["storageClassName"] = resources.StorageClass;
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = DataVolume, ["labels"] = Labels.Of(pod.Node) }, ["spec"] = spec };
    }

    private static JsonObject Resources(NodeResources resources) => new()
    {
        ["requests"] = new JsonObject { ["cpu"] = resources.Cpu, ["memory"] = resources.Memory },
        ["limits"] = new JsonObject { ["cpu"] = resources.CpuLimit, ["memory"] = resources.MemoryLimit },
    };

    // Wanted, not demanded: a cluster of one zone or one machine runs networks, too.
    private static JsonObject Spread(PlacedNode node, string topology) => new()
    {
        ["maxSkew"] = 1,
        ["topologyKey"] = topology,
        ["whenUnsatisfiable"] = "ScheduleAnyway",
        ["labelSelector"] = new JsonObject { ["matchLabels"] = Labels.Selector(node.Role) },
    };
}
