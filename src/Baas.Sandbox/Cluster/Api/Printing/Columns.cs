using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>The columns in which kubectl's users know each kind.</summary>
internal static class Columns
{
    private static readonly Column Name = new("Name", (subject, _) => subject.Name);
    private static readonly Column Age = new("Age", Cells.Age);
    private static readonly IReadOnlyList<Column> Plain = [Name, Age];

    private static readonly Dictionary<ObjectKind, IReadOnlyList<Column>> ByKind = new()
    {
        [ClusterKinds.Namespaces] = [Name, new("Status", Cells.Field("status", "phase")), Age],
        [ClusterKinds.Nodes] = [Name, new("Status", (node, _) => NodeStatus(node)), new("Roles", (_, _) => Cells.None), Age, new("Version", Cells.Field("status", "nodeInfo", "kubeletVersion"))],
        [ClusterKinds.Pods] = PodColumns.All(Name, Age),
        [ClusterKinds.Services] = ServiceColumns.All(Name, Age),
        [ClusterKinds.Endpoints] = [Name, new("Endpoints", (subject, _) => ServiceColumns.Endpoints(subject)), Age],
        [ClusterKinds.EndpointSlices] = [Name, new("AddressType", Cells.Field("addressType")), new("Ports", (slice, _) => Cells.Or(string.Join(',', slice.Objects("ports").Select(port => port.At("port")?.ToString())))),
            new("Endpoints", (slice, _) => Cells.Or(string.Join(',', slice.Objects("endpoints").SelectMany(one => one.Texts("addresses"))))), Age],
        [ClusterKinds.ConfigMaps] = [Name, Number("Data", subject => Cells.Size(subject["data"]) + Cells.Size(subject["binaryData"])), Age],
        [ClusterKinds.Secrets] = [Name, new("Type", Cells.Field("type")), Number("Data", subject => Cells.Size(subject["data"])), Age],
        [ClusterKinds.ServiceAccounts] = [Name, Number("Secrets", subject => Cells.Size(subject["secrets"])), Age],
        [ClusterKinds.Events] = [new("Last Seen", (one, now) => Cells.Since(one.Text("lastTimestamp") ?? one.Text("eventTime") ?? one.Text("metadata", "creationTimestamp"), now)),
            new("Type", Cells.Field("type")), new("Reason", Cells.Field("reason")),
            new("Object", (one, _) => $"{one.Text("involvedObject", "kind")?.ToLowerInvariant()}/{one.Text("involvedObject", "name")}"),
            new("Source", (one, _) => one.Text("source", "component") ?? one.Text("reportingComponent") ?? "", true), new("Message", (one, _) => one.Text("message")?.Trim() ?? ""),
            new("Count", Cells.Count("count"), true, "integer"), new("Name", (one, _) => one.Name, true)],
        [ClusterKinds.ResourceQuotas] = [Name, new("Request", (quota, _) => QuotaLine(quota, false)), new("Limit", (quota, _) => QuotaLine(quota, true)), Age],
        [ClusterKinds.LimitRanges] = [Name, new("Created At", Cells.Field("metadata", "creationTimestamp"))],
        [ClusterKinds.PersistentVolumeClaims] = [Name, new("Status", (claim, _) => claim.IsDeleting ? "Terminating" : claim.Text("status", "phase") ?? "Pending"), new("Volume", Blank("spec", "volumeName")),
            new("Capacity", Blank("status", "capacity", "storage")), new("Access Modes", (claim, _) => Modes(claim.At("status", "accessModes") ?? claim.At("spec", "accessModes"))),
            new("StorageClass", Blank("spec", "storageClassName")), new("VolumeAttributesClass", (_, _) => Cells.Unset), Age, new("VolumeMode", Blank("spec", "volumeMode"), true)],
        [ClusterKinds.PersistentVolumes] = [Name, new("Capacity", Blank("spec", "capacity", "storage")), new("Access Modes", (volume, _) => Modes(volume.At("spec", "accessModes"))),
            new("Reclaim Policy", Blank("spec", "persistentVolumeReclaimPolicy")), new("Status", (volume, _) => volume.IsDeleting ? "Terminating" : volume.Text("status", "phase") ?? "Available"),
            new("Claim", (volume, _) => volume.Object("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : ""),
            new("StorageClass", Blank("spec", "storageClassName")), new("VolumeAttributesClass", (_, _) => Cells.Unset), new("Reason", Blank("status", "reason")), Age,
            new("VolumeMode", Blank("spec", "volumeMode"), true)],
        [ClusterKinds.StorageClasses] = [Name, new("Provisioner", Cells.Field("provisioner")), new("ReclaimPolicy", (one, _) => one.Text("reclaimPolicy") ?? "Delete"),
            new("VolumeBindingMode", (one, _) => one.Text("volumeBindingMode") ?? "Immediate"), new("AllowVolumeExpansion", (one, _) => one.Flag("allowVolumeExpansion"), false, "boolean"), Age],
        [ClusterKinds.StatefulSets] = [Name, new("Ready", (set, _) => $"{set.Number("status", "readyReplicas") ?? 0}/{set.Number("spec", "replicas") ?? 0}"), Age, .. Images(wideSelector: false)],
        [ClusterKinds.Deployments] = [Name, new("Ready", (one, _) => $"{one.Number("status", "readyReplicas") ?? 0}/{one.Number("spec", "replicas") ?? 0}"),
            new("Up-to-date", Cells.Count("status", "updatedReplicas"), false, "integer"), new("Available", Cells.Count("status", "availableReplicas"), false, "integer"), Age, .. Images(wideSelector: true)],
        [ClusterKinds.ReplicaSets] = [Name, new("Desired", Cells.Count("spec", "replicas"), false, "integer"), new("Current", Cells.Count("status", "replicas"), false, "integer"),
            new("Ready", Cells.Count("status", "readyReplicas"), false, "integer"), Age, .. Images(wideSelector: true)],
        [ClusterKinds.Jobs] = [Name, new("Status", (job, _) => JobStatus(job)), new("Completions", (job, _) => $"{job.Number("status", "succeeded") ?? 0}/{job.Number("spec", "completions") ?? 1}"),
            new("Duration", JobDuration), Age, .. Images(wideSelector: true)],
        [ClusterKinds.NetworkPolicies] = [Name, new("Pod-Selector", (policy, _) => Cells.Labels(policy.Object("spec", "podSelector", "matchLabels"))), Age],
        [ClusterKinds.PodDisruptionBudgets] = [Name, new("Min Available", (one, _) => one.At("spec", "minAvailable")?.ToString() ?? "N/A"),
            new("Max Unavailable", (one, _) => one.At("spec", "maxUnavailable")?.ToString() ?? "N/A"), new("Allowed Disruptions", Cells.Count("status", "disruptionsAllowed"), false, "integer"), Age],
        [ClusterKinds.Leases] = [Name, new("Holder", Blank("spec", "holderIdentity")), Age],
        [ClusterKinds.Roles] = [Name, new("Created At", Cells.Field("metadata", "creationTimestamp"))],
        [ClusterKinds.ClusterRoles] = [Name, new("Created At", Cells.Field("metadata", "creationTimestamp"))],
        [ClusterKinds.RoleBindings] = [Name, new("Role", (one, _) => $"{one.Text("roleRef", "kind")}/{one.Text("roleRef", "name")}"), Age],
        [ClusterKinds.ClusterRoleBindings] = [Name, new("Role", (one, _) => $"{one.Text("roleRef", "kind")}/{one.Text("roleRef", "name")}"), Age],
    };

    /// <summary>The columns of a kind.</summary>
    public static IReadOnlyList<Column> Of(ObjectKind kind) => ByKind.GetValueOrDefault(kind, Plain);

    private static Column Number(string name, Func<JsonObject, int> value) => new(name, (subject, _) => value(subject), false, "integer");

    private static Func<JsonObject, DateTimeOffset, JsonNode?> Blank(params string[] path) => (subject, _) => subject.At(path)?.ToString() ?? "";

    private static IEnumerable<Column> Images(bool wideSelector)
    {
        yield return new("Containers", (subject, _) => string.Join(',', subject.Objects("spec", "template", "spec", "containers").Select(one => one.Text("name"))), true);
        yield return new("Images", (subject, _) => string.Join(',', subject.Objects("spec", "template", "spec", "containers").Select(one => one.Text("image"))), true);
        if (wideSelector)
        {
            yield return new("Selector", (subject, _) => Cells.Labels(subject.Object("spec", "selector", "matchLabels")), true);
        }
    }

    private static string NodeStatus(JsonObject node) =>
        node.Objects("status", "conditions").Any(one => one.Text("type") == "Ready" && one.Text("status") == "True") ? "Ready" : "NotReady";

    private static string Modes(JsonNode? modes) => string.Join(',', modes.Texts().Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));

    private static string QuotaLine(JsonObject quota, bool isLimits)
    {
        var hard = quota.Object("status", "hard") ?? quota.Object("spec", "hard") ?? [];
        return string.Join(", ", hard.Where(one => one.Key.StartsWith("limits.", StringComparison.Ordinal) == isLimits)
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}: {quota.At("status", "used", one.Key)?.ToString() ?? "0"}/{one.Value}"));
    }

    private static string JobStatus(JsonObject job)
    {
        var ended = job.Objects("status", "conditions").FirstOrDefault(one => one.Text("type") is "Complete" or "Failed" && one.Text("status") == "True");
        return ended.Text("type") ?? (job.IsDeleting ? "Terminating" : job.Flag("spec", "suspend") ? "Suspended" : "Running");
    }

    private static JsonNode JobDuration(JsonObject job, DateTimeOffset now)
    {
        var end = Meta.ParseTime(job.Text("status", "completionTime")) ?? now;
        return Meta.ParseTime(job.Text("status", "startTime")) is { } start ? Cells.Duration(end - start) : "";
    }
}
