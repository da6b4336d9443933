using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>The kinds that the cluster keeps.</summary>
internal static class ClusterKinds
{
    public static readonly ObjectKind Namespaces = new("", "v1", "Namespace", "namespaces", false) { ShortNames = ["ns"], HasStatus = true };
    public static readonly ObjectKind Nodes = new("", "v1", "Node", "nodes", false) { ShortNames = ["no"], HasStatus = true };
    public static readonly ObjectKind Pods = new("", "v1", "Pod", "pods", true) { ShortNames = ["po"], HasStatus = true, HasGeneration = true, IsInAll = true };
    public static readonly ObjectKind Services = new("", "v1", "Service", "services", true) { ShortNames = ["svc"], HasStatus = true, IsInAll = true };
    public static readonly ObjectKind Endpoints = new("", "v1", "Endpoints", "endpoints", true) { ShortNames = ["ep"] };
    public static readonly ObjectKind ConfigMaps = new("", "v1", "ConfigMap", "configmaps", true) { ShortNames = ["cm"] };
    public static readonly ObjectKind Secrets = new("", "v1", "Secret", "secrets", true);
    public static readonly ObjectKind Events = new("", "v1", "Event", "events", true) { ShortNames = ["ev"] };
    public static readonly ObjectKind ServiceAccounts = new("", "v1", "ServiceAccount", "serviceaccounts", true) { ShortNames = ["sa"] };
    public static readonly ObjectKind ResourceQuotas = new("", "v1", "ResourceQuota", "resourcequotas", true) { ShortNames = ["quota"], HasStatus = true };
    public static readonly ObjectKind LimitRanges = new("", "v1", "LimitRange", "limitranges", true) { ShortNames = ["limits"] };
    public static readonly ObjectKind PersistentVolumeClaims = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true) { ShortNames = ["pvc"], HasStatus = true };
    public static readonly ObjectKind PersistentVolumes = new("", "v1", "PersistentVolume", "persistentvolumes", false) { ShortNames = ["pv"], HasStatus = true };
    public static readonly ObjectKind StatefulSets = Workload("apps", "StatefulSet", "statefulsets", "sts");
    public static readonly ObjectKind Deployments = Workload("apps", "Deployment", "deployments", "deploy");
    public static readonly ObjectKind DaemonSets = new("apps", "v1", "DaemonSet", "daemonsets", true) { ShortNames = ["ds"], HasStatus = true, HasGeneration = true, IsInAll = true };
    public static readonly ObjectKind ReplicaSets = Workload("apps", "ReplicaSet", "replicasets", "rs");
    public static readonly ObjectKind Jobs = new("batch", "v1", "Job", "jobs", true) { HasStatus = true, HasGeneration = true, IsInAll = true };
    public static readonly ObjectKind NetworkPolicies = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true) { ShortNames = ["netpol"], HasGeneration = true };
    public static readonly ObjectKind PodDisruptionBudgets =
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true) { ShortNames = ["pdb"], HasStatus = true, HasGeneration = true };
    public static readonly ObjectKind StorageClasses = new("storage.k8s.io", "v1", "StorageClass", "storageclasses", false) { ShortNames = ["sc"] };
    public static readonly ObjectKind EndpointSlices = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true) { HasGeneration = true };
    public static readonly ObjectKind Leases = new("coordination.k8s.io", "v1", "Lease", "leases", true);
    public static readonly ObjectKind Roles = new("rbac.authorization.k8s.io", "v1", "Role", "roles", true);
    public static readonly ObjectKind RoleBindings = new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true);
    public static readonly ObjectKind ClusterRoles = new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false);
    public static readonly ObjectKind ClusterRoleBindings = new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false);

    /// <summary>All kinds, in the order in which discovery lists them.</summary>
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        Namespaces, Nodes, Pods, Services, Endpoints, ConfigMaps, Secrets, Events, ServiceAccounts, ResourceQuotas, LimitRanges, PersistentVolumeClaims, PersistentVolumes,
        StatefulSets, Deployments, DaemonSets, ReplicaSets, Jobs, NetworkPolicies, PodDisruptionBudgets, StorageClasses, EndpointSlices, Leases,
        Roles, RoleBindings, ClusterRoles, ClusterRoleBindings,
    ];

    private static readonly Dictionary<(string ApiVersion, string Kind), ObjectKind> ByName = All.ToDictionary(kind => (kind.ApiVersion, kind.Kind));

    private static readonly Dictionary<(string Group, string Version, string Plural), ObjectKind> ByPath = All.ToDictionary(kind => (kind.Group, kind.Version, kind.Plural));

    /// <summary>The kind of that name; null for one that the cluster does not have.</summary>
    public static ObjectKind? Find(string? apiVersion, string? kind) => ByName.GetValueOrDefault((apiVersion ?? "", kind ?? ""));

    /// <summary>The kind at that place of the API; null for one that the cluster does not have.</summary>
    public static ObjectKind? AtPath(string group, string version, string plural) => ByPath.GetValueOrDefault((group, version, plural));

    private static ObjectKind Workload(string group, string kind, string plural, string shortName) =>
        new(group, "v1", kind, plural, true) { ShortNames = [shortName], HasStatus = true, HasScale = true, HasGeneration = true, IsInAll = true };
}
