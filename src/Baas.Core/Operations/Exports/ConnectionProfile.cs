using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations.Exports;

/// <summary>
/// Fabric's common connection profile, version 1.0.0, as its SDKs read it: what one organization needs to reach the network.
/// Pure: same arguments, same document.
/// </summary>
internal static class ConnectionProfile
{
    /// <summary>The profile of one organization.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="organization">Whose profile.</param>
    /// <param name="nodes">Where the nodes listen.</param>
    /// <param name="trust">The public half of every organization.</param>
    public static JsonObject For(
        NetworkSpec spec, OrganizationName organization, IReadOnlyList<NodeEndpoint> nodes, IReadOnlyDictionary<OrganizationName, OrganizationTrust> trust)
    {
        var peers = nodes.Where(node => node.Role == NodeRole.Peer).ToList();
        var orderers = nodes.Where(node => node.Role == NodeRole.Orderer).ToList();
        return new JsonObject
        {
            ["name"] = spec.Name.Value,
            ["version"] = "1.0.0",
            ["client"] = new JsonObject { ["organization"] = trust[organization].MspId.Value },
            ["organizations"] = Organizations(peers, trust, spec),
            ["orderers"] = new JsonObject(orderers.Select(orderer => Named(orderer, Orderer(orderer, organization, trust)))),
            ["peers"] = new JsonObject(peers.Select(peer => Named(peer, Node("grpcs", peer, trust)))),
            ["channels"] = new JsonObject(spec.Channels.Where(channel => channel.Organizations.Contains(organization))
                .Select(channel => KeyValuePair.Create<string, JsonNode?>(channel.Name.Value, Channel(channel, peers, orderers)))),
        };
    }

    private static JsonObject Organizations(List<NodeEndpoint> peers, IReadOnlyDictionary<OrganizationName, OrganizationTrust> trust, NetworkSpec spec) =>
        new(spec.Organizations.Select(member => KeyValuePair.Create<string, JsonNode?>(trust[member.Name].MspId.Value, new JsonObject
        {
            ["mspid"] = trust[member.Name].MspId.Value,
            ["peers"] = new JsonArray([.. peers.Where(peer => peer.Node.Organization == member.Name).Select(peer => (JsonNode)peer.Node.ToString())]),
        })));

    private static JsonObject Channel(ChannelSpec channel, List<NodeEndpoint> peers, List<NodeEndpoint> orderers) => new()
    {
        ["orderers"] = new JsonArray([.. orderers.Select(orderer => (JsonNode)orderer.Node.ToString())]),
        ["peers"] = new JsonObject(peers.Where(peer => channel.Organizations.Contains(peer.Node.Organization))
            .Select(peer => Named(peer, new JsonObject
            {
                ["endorsingPeer"] = true,
                ["chaincodeQuery"] = true,
                ["ledgerQuery"] = true,
                ["eventSource"] = true,
            }))),
    };

    // Where osnadmin asks; of use to those alone who have a certificate of the orderer's own organization.
    private static JsonObject Orderer(NodeEndpoint orderer, OrganizationName reader, IReadOnlyDictionary<OrganizationName, OrganizationTrust> trust)
    {
        var node = Node("grpcs", orderer, trust);
        if (orderer.Node.Organization == reader && orderer.AdminPort is { } port)
        {
            node["adminUrl"] = $"https://{orderer.Reached}:{port}";
        }

        return node;
    }

    private static JsonObject Node(string scheme, NodeEndpoint node, IReadOnlyDictionary<OrganizationName, OrganizationTrust> trust) => new()
    {
        ["url"] = $"{scheme}://{node.Reached}:{node.Port}",
        ["grpcOptions"] = new JsonObject
        {
            ["ssl-target-name-override"] = node.Reached,
            ["hostnameOverride"] = node.Reached,
        },
        ["tlsCACerts"] = new JsonObject { ["pem"] = string.Concat([.. trust[node.Node.Organization].TlsRoots, .. trust[node.Node.Organization].TlsIntermediates]) },
    };

    private static KeyValuePair<string, JsonNode?> Named(NodeEndpoint node, JsonObject value) => new(node.Node.ToString(), value);
}
