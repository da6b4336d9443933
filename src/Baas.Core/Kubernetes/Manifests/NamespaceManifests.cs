using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>An organization's namespace and what it has once. Pure: same arguments, same objects.</summary>
internal static class NamespaceManifests
{
    // While a pod is replaced there are two of it for a moment, and one-time jobs come beside them.
    private const int PodsPerNode = 2;

    /// <summary>Which namespace is an organization's.</summary>
    public static ResourceReference Reference(NetworkReference network, OrganizationName organization) =>
        new(ResourceKind.Namespace, null, network.NamespaceOf(organization));

    /// <summary>The namespace itself, which has to be there before <see cref="Content"/>.</summary>
    public static Manifest Namespace(NetworkReference network, OrganizationName organization, NodeRole role)
    {
        var labels = Labels.Of(network, organization);
        labels[Labels.Role] = Labels.NameOf(role);
        labels["pod-security.kubernetes.io/enforce"] = "restricted";
        labels["pod-security.kubernetes.io/warn"] = "restricted";
        return Bodies.Of(Reference(network, organization), labels);
    }

    /// <summary>What it has once, in no order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="role">What it runs: orderers or peers.</param>
    /// <param name="nodes">How many pods it is to hold.</param>
    /// <param name="cluster">The cluster's settings.</param>
    public static IReadOnlyList<Manifest> Content(NetworkReference network, OrganizationName organization, NodeRole role, int nodes, ClusterOptions cluster)
    {
        Manifest[] limits = [Quota(network, organization, nodes), LimitRange(network, organization)];
        Manifest[] budgets = role == NodeRole.Orderer ? [DisruptionBudget(network, organization)] : [];
        return [.. limits, .. budgets, .. NetworkPolicies.Of(network, organization, role, cluster)];
    }

    /// <summary>The Secret that pods of the namespace pull images with.</summary>
    /// <param name="network">The network.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="name">The Secret's name.</param>
    /// <param name="dockerConfig">The content of a Docker config.</param>
    public static Manifest PullSecret(NetworkReference network, OrganizationName organization, string name, string dockerConfig) => Bodies.Of(
        new ResourceReference(ResourceKind.Secret, network.NamespaceOf(organization), name),
        Labels.Of(network, organization),
        ("type", "kubernetes.io/dockerconfigjson"),
        ("data", new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(dockerConfig)) }));

    // Counts only: what a node may use stands in the specification and is checked there.
    private static Manifest Quota(NetworkReference network, OrganizationName organization, int nodes) => Once(
        ResourceKind.ResourceQuota,
        ObjectNames.Limits,
        network,
        organization,
        new JsonObject
        {
            ["hard"] = new JsonObject
            {
                ["pods"] = Text(nodes * PodsPerNode),
                ["services"] = Text(nodes),
                ["services.loadbalancers"] = Text(nodes),
                ["persistentvolumeclaims"] = Text(nodes),
                ["count/statefulsets.apps"] = Text(nodes),
            },
        });

    // What chaincode servers get, since the specification says nothing of them.
    private static Manifest LimitRange(NetworkReference network, OrganizationName organization) => Once(
        ResourceKind.LimitRange,
        ObjectNames.Limits,
        network,
        organization,
        new JsonObject
        {
            ["limits"] = new JsonArray(new JsonObject
            {
                ["type"] = "Container",
                ["default"] = new JsonObject { ["cpu"] = "1", ["memory"] = "512Mi" },
                ["defaultRequest"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "64Mi" },
            }),
        });

    // Raft and BFT of usual sizes stand the loss of one; an orderer that is broken anyway must not hold up the drain of its cluster node.
    private static Manifest DisruptionBudget(NetworkReference network, OrganizationName organization) => Once(
        ResourceKind.PodDisruptionBudget,
        ObjectNames.Orderers,
        network,
        organization,
        new JsonObject
        {
            ["maxUnavailable"] = 1,
            ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
            ["selector"] = new JsonObject { ["matchLabels"] = Labels.Selector(NodeRole.Orderer) },
        });

    private static Manifest Once(ResourceKind kind, string name, NetworkReference network, OrganizationName organization, JsonObject spec) =>
        Bodies.Of(new ResourceReference(kind, network.NamespaceOf(organization), name), Labels.Of(network, organization), ("spec", spec));

    private static string Text(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
