namespace Baas.Core.Kubernetes;

/// <summary>A kind of object and where the API keeps it.</summary>
/// <param name="ApiVersion">Such as <c>apps/v1</c>.</param>
/// <param name="Kind">Such as <c>StatefulSet</c>.</param>
/// <param name="Plural">Such as <c>statefulsets</c>.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
public sealed record ResourceKind(string ApiVersion, string Kind, string Plural, bool IsNamespaced = true)
{
    /// <summary>Namespaces.</summary>
    public static ResourceKind Namespace { get; } = new("v1", "Namespace", "namespaces", false);

    /// <summary>Services.</summary>
    public static ResourceKind Service { get; } = new("v1", "Service", "services");

    /// <summary>Secrets.</summary>
    public static ResourceKind Secret { get; } = new("v1", "Secret", "secrets");

    /// <summary>Config maps.</summary>
    public static ResourceKind ConfigMap { get; } = new("v1", "ConfigMap", "configmaps");

    /// <summary>Pods.</summary>
    public static ResourceKind Pod { get; } = new("v1", "Pod", "pods");

    /// <summary>What has happened to other objects.</summary>
    public static ResourceKind Event { get; } = new("v1", "Event", "events");

    /// <summary>Cluster nodes.</summary>
    public static ResourceKind Node { get; } = new("v1", "Node", "nodes", false);

    /// <summary>Claims of volumes.</summary>
    public static ResourceKind PersistentVolumeClaim { get; } = new("v1", "PersistentVolumeClaim", "persistentvolumeclaims");

    /// <summary>Quotas of a namespace.</summary>
    public static ResourceKind ResourceQuota { get; } = new("v1", "ResourceQuota", "resourcequotas");

    /// <summary>Default limits of a namespace's containers.</summary>
    public static ResourceKind LimitRange { get; } = new("v1", "LimitRange", "limitranges");

    /// <summary>Sets of pods with volumes of their own.</summary>
    public static ResourceKind StatefulSet { get; } = new("apps/v1", "StatefulSet", "statefulsets");

    /// <summary>Sets of pods that are all alike.</summary>
    public static ResourceKind Deployment { get; } = new("apps/v1", "Deployment", "deployments");

    /// <summary>Runs to the end.</summary>
    public static ResourceKind Job { get; } = new("batch/v1", "Job", "jobs");

    /// <summary>Who may talk to whom.</summary>
    public static ResourceKind NetworkPolicy { get; } = new("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies");

    /// <summary>How many pods may be away at once.</summary>
    public static ResourceKind PodDisruptionBudget { get; } = new("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets");
}
