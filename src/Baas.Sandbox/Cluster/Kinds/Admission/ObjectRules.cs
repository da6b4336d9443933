using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>What clients must say about objects, and what they must not change of them. The cluster's own controllers are not held to it.</summary>
internal static class ObjectRules
{
    private static readonly string[] OfStatefulSet = ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];
    private static readonly string[] OfPod = ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"];

    /// <summary>Checks what a client wants; takes over in place what the cluster has decided and the client left out.</summary>
    /// <exception cref="StatusException">422: all that is wrong.</exception>
    public static void Check(ObjectKey key, JsonObject? before, JsonObject after)
    {
        if (before is not null)
        {
            KeepDecided(key, before, after);
            Defaults.Apply(key, after);
        }

        List<FieldFault> faults = [.. Required(key, after)];
        if (before is not null)
        {
            faults.AddRange(Forbidden(key, before, after));
        }

        if (faults.Count > 0)
        {
            throw Failures.Invalid(key, faults);
        }
    }

    private static void KeepDecided(ObjectKey key, JsonObject before, JsonObject after)
    {
        var names = key.Kind == ClusterKinds.Services ? (string[])["clusterIP", "clusterIPs", "healthCheckNodePort"]
            : key.Kind == ClusterKinds.PersistentVolumeClaims ? ["volumeName", "storageClassName"]
            : key.Kind == ClusterKinds.Pods ? ["nodeName", "serviceAccountName", "serviceAccount", "tolerations"]
            : key.Kind == ClusterKinds.Namespaces ? ["finalizers"]
            : [];
        foreach (var name in names)
        {
            if (before.At("spec", name) is { } decided)
            {
                after.Ensure("spec").Default(name, decided.DeepClone());
            }
        }
    }

    private static IEnumerable<FieldFault> Required(ObjectKey key, JsonObject subject)
    {
        var spec = subject.Object("spec");
        if (key.Kind == ClusterKinds.Pods)
        {
            return Containers(spec, "spec");
        }

        if (key.Kind == ClusterKinds.Services)
        {
            return spec.Objects("ports").Where(port => port.Number("port") is not (> 0 and <= 65535)).Select(_ => FieldFault.Invalid("spec.ports[].port", null, "must be between 1 and 65535, inclusive"));
        }

        return key.Kind == ClusterKinds.StatefulSets || key.Kind == ClusterKinds.Deployments || key.Kind == ClusterKinds.ReplicaSets ? Workload(subject)
            : key.Kind == ClusterKinds.Jobs ? Containers(spec.Object("template", "spec"), "spec.template.spec")
            : key.Kind == ClusterKinds.PersistentVolumeClaims && !spec.Texts("accessModes").Any() ? [FieldFault.Required("spec.accessModes", "at least 1 access mode is required")]
            : [];
    }

    private static IEnumerable<FieldFault> Workload(JsonObject subject)
    {
        var spec = subject.Object("spec");
        if (spec.Object("selector") is not { Count: > 0 } selector)
        {
            yield return FieldFault.Required("spec.selector");
        }
        else if (spec.Object("template") is not { } template || !LabelSelector.Of(selector).Matches(template))
        {
            yield return FieldFault.Invalid("spec.template.metadata.labels", spec.At("template", "metadata", "labels")?.ToJsonString(), "`selector` does not match template `labels`");
        }

        if (spec.Number("replicas") < 0)
        {
            yield return FieldFault.Invalid("spec.replicas", spec.At("replicas")?.ToJsonString(), "must be greater than or equal to 0");
        }

        foreach (var fault in Containers(spec.Object("template", "spec"), "spec.template.spec"))
        {
            yield return fault;
        }
    }

    private static IEnumerable<FieldFault> Containers(JsonObject? pod, string path)
    {
        if (!pod.Objects("containers").Any())
        {
            yield return FieldFault.Required($"{path}.containers");
        }

        var index = 0;
        var volumes = pod.Objects("volumes").Select(volume => volume.Text("name")).ToHashSet(StringComparer.Ordinal);
        foreach (var container in pod.Objects("containers"))
        {
            var here = $"{path}.containers[{index++}]";
            if (container.Text("name") is not { } name || !ObjectNames.IsLabel(name))
            {
                yield return FieldFault.Invalid($"{here}.name", container.Text("name"), "a lowercase RFC 1123 label is required");
            }

            if (string.IsNullOrEmpty(container.Text("image")))
            {
                yield return FieldFault.Required($"{here}.image");
            }

            foreach (var mount in container.Objects("volumeMounts").Where(mount => !volumes.Contains(mount.Text("name") ?? "")))
            {
                if (path == "spec") // templates of a StatefulSet also mount what its claims become
                {
                    yield return new FieldFault($"{here}.volumeMounts.name", "FieldValueNotFound", $"Not found: \"{mount.Text("name")}\"");
                }
            }
        }
    }

    private static IEnumerable<FieldFault> Forbidden(ObjectKey key, JsonObject before, JsonObject after)
    {
        if (key.Kind == ClusterKinds.StatefulSets && Differs(before, after, OfStatefulSet))
        {
            yield return FieldFault.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }

        if (key.Kind == ClusterKinds.Pods && Differs(WithoutImages(before), WithoutImages(after), OfPod))
        {
            yield return FieldFault.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`");
        }

        if (key.Kind == ClusterKinds.PersistentVolumeClaims && Differs(before, after, ["resources", "volumeAttributesClassName"]))
        {
            yield return FieldFault.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        }

        var fixedField = FixedFieldOf(key.Kind);
        if (fixedField is not null && !JsonNode.DeepEquals(before.At("spec", fixedField), after.At("spec", fixedField)))
        {
            yield return FieldFault.Invalid($"spec.{fixedField}", after.At("spec", fixedField)?.ToJsonString(), "field is immutable");
        }

        if (before.Flag("immutable") && !(JsonNode.DeepEquals(before["data"], after["data"]) && after.Flag("immutable")))
        {
            yield return FieldFault.Forbidden("data", "field is immutable when `immutable` is set");
        }
    }

    private static string? FixedFieldOf(ObjectKind kind) =>
        kind == ClusterKinds.Deployments || kind == ClusterKinds.ReplicaSets ? "selector"
        : kind == ClusterKinds.Jobs ? "template"
        : kind == ClusterKinds.Services ? "clusterIP"
        : null;

    private static bool Differs(JsonObject before, JsonObject after, string[] except) => !JsonNode.DeepEquals(SpecWithout(before, except), SpecWithout(after, except));

    private static JsonObject SpecWithout(JsonObject subject, string[] names)
    {
        var spec = subject.Object("spec")?.Copy() ?? [];
        Array.ForEach(names, name => spec.Remove(name));
        return spec;
    }

    private static JsonObject WithoutImages(JsonObject pod)
    {
        var copy = pod.Copy();
        foreach (var container in copy.Objects("spec", "containers").Concat(copy.Objects("spec", "initContainers")))
        {
            container.Remove("image");
            container.Remove("imagePullPolicy");
        }

        return copy;
    }
}
