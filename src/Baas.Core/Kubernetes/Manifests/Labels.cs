using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The labels of all objects that Baas makes; whose something is, is told by them alone.</summary>
internal static class Labels
{
    /// <summary>The tenant's name.</summary>
    public const string Tenant = "baas.dev/tenant";

    /// <summary>The network's name.</summary>
    public const string Network = "baas.dev/network";

    /// <summary>The organization's name.</summary>
    public const string Organization = "baas.dev/organization";

    /// <summary>What a pod does: <c>orderer</c>, <c>peer</c>, <c>chaincode</c>, <c>state-database</c>; of a namespace: what its organization runs.</summary>
    public const string Role = "baas.dev/role";

    /// <summary>The node's name.</summary>
    public const string Node = "baas.dev/node";

    /// <summary>Who made the object: <c>baas</c>.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    private const string Baas = "baas";

    /// <summary>The labels of what belongs to an organization as a whole.</summary>
    public static JsonObject Of(NetworkReference network, OrganizationName organization) => new()
    {
        [ManagedBy] = Baas,
        [Tenant] = network.Tenant.Value,
        [Network] = network.Network.Value,
        [Organization] = organization.Value,
    };

    /// <summary>The labels of what belongs to a node.</summary>
    public static JsonObject Of(PlacedNode node)
    {
        var labels = Of(node.Network, node.Node.Organization);
        labels[Role] = NameOf(node.Role);
        labels[Node] = node.Name;
        return labels;
    }

    /// <summary>What selects a node's pod within its namespace.</summary>
    public static JsonObject Selector(PlacedNode node) => new() { [Role] = NameOf(node.Role), [Node] = node.Name };

    /// <summary>What selects the namespaces of a network; a client's namespace that carries these labels may call the network's nodes.</summary>
    public static JsonObject Selector(NetworkReference network) => new() { [Tenant] = network.Tenant.Value, [Network] = network.Network.Value };

    /// <summary>What selects the pods of a role.</summary>
    public static JsonObject Selector(NodeRole role) => new() { [Role] = NameOf(role) };

    /// <summary>Whether an object is Baas's own and that organization's.</summary>
    /// <param name="labelled">The object as the cluster has it.</param>
    /// <param name="network">The network.</param>
    /// <param name="organization">The organization.</param>
    public static bool AreOf(JsonObject labelled, NetworkReference network, OrganizationName organization) =>
        Of(network, organization).All(label => labelled.Text("metadata", "labels", label.Key) == label.Value!.GetValue<string>()); // Of gives texts only

    /// <summary>A role as labels spell it.</summary>
    public static string NameOf(NodeRole role) => role switch
    {
        NodeRole.Orderer => "orderer",
        NodeRole.Peer => "peer",
        NodeRole.Chaincode => "chaincode",
        _ => "state-database",
    };
}
