using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>The objects that a StatefulSet makes. Pure.</summary>
internal static class StatefulSetPods
{
    /// <summary>The label that holds the revision of the template a pod was made from.</summary>
    public const string RevisionLabel = "controller-revision-hash";

    /// <summary>The name of a pod.</summary>
    public static string NameOf(JsonObject set, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{set.Name}-{ordinal}");

    /// <summary>The ordinal of a pod, or -1 when its name is not one of the set's.</summary>
    public static int OrdinalOf(JsonObject set, JsonObject pod) =>
        pod.Name.StartsWith(set.Name + "-", StringComparison.Ordinal)
        && int.TryParse(pod.Name.AsSpan(set.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : -1;

    /// <summary>The revision that the set asks for now.</summary>
    public static string RevisionOf(JsonObject set) => $"{set.Name}-{TemplateHash.Of(set.At("spec", "template"))}";

    /// <summary>The claims of a pod, by the names of the pod's volumes.</summary>
    public static IEnumerable<JsonObject> ClaimsFor(JsonObject set, int ordinal) =>
        set.Objects("spec", "volumeClaimTemplates").Select(template => ClaimFor(set, template, ordinal));

    /// <summary>A pod.</summary>
    public static JsonObject PodFor(JsonObject set, int ordinal, string revision)
    {
        var template = set.Object("spec", "template");
        var name = NameOf(set, ordinal);
        var metadata = Ownership.Metadata(set, ClusterKinds.StatefulSets, name, template.Object("metadata", "labels"), template.Object("metadata", "annotations"));
        var labels = metadata.Ensure("labels");
        labels["statefulset.kubernetes.io/pod-name"] = name;
        labels["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture);
        labels[RevisionLabel] = revision;
        var spec = template.Object("spec")?.Copy() ?? [];
        spec["hostname"] = name;
        spec["subdomain"] = set.Text("spec", "serviceName");
        spec["volumes"] = Volumes(set, spec, ordinal);
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = spec };
    }

    // A claim of the set replaces a volume of the same name.
    private static JsonArray Volumes(JsonObject set, JsonObject spec, int ordinal)
    {
        var templates = set.Objects("spec", "volumeClaimTemplates").Select(template => template.Name).ToList();
        var others = spec.Objects("volumes").Where(volume => !templates.Contains(volume.Text("name") ?? "")).Select(volume => (JsonNode)volume.Copy());
        var claims = templates.Select(template => (JsonNode)new JsonObject
        {
            ["name"] = template,
            ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = ClaimName(set, template, ordinal) },
        });
        return new JsonArray([.. others, .. claims]);
    }

    private static string ClaimName(JsonObject set, string template, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{template}-{set.Name}-{ordinal}");

    private static JsonObject ClaimFor(JsonObject set, JsonObject template, int ordinal)
    {
        var labels = template.Object("metadata", "labels")?.Copy() ?? [];
        foreach (var (key, value) in set.Object("spec", "selector", "matchLabels") ?? [])
        {
            labels[key] = value?.DeepClone();
        }

        var metadata = new JsonObject
        {
            ["name"] = ClaimName(set, template.Name, ordinal),
            ["namespace"] = set.Namespace,
            ["labels"] = labels,
        };
        if (template.Object("metadata", "annotations") is { Count: > 0 } annotations)
        {
            metadata["annotations"] = annotations.Copy();
        }

        if (set.Text("spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted") is "Delete")
        {
            metadata["ownerReferences"] = new JsonArray(Ownership.Reference(set, ClusterKinds.StatefulSets));
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["metadata"] = metadata, ["spec"] = template.At("spec")?.DeepClone() };
    }
}
