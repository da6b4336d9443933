using System.Text.Json.Nodes;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What an organization's users have got from <c>baas profile</c> and <c>baas identity</c>.</summary>
/// <param name="ProfileFile">The connection profile.</param>
/// <param name="IdentityFolder">The administrator's folder.</param>
/// <param name="Profile">The profile's content.</param>
internal sealed record ExportedOrganization(string ProfileFile, string IdentityFolder, JsonObject Profile)
{
    private string MspId => (string)Profile["client"]!["organization"]!; // profiles have a client

    /// <summary>The address of a node, such as <c>peer-1.org1</c>.</summary>
    public string AddressOf(string node) => new Uri((string)Node(node)["url"]!).Authority; // nodes have an address

    /// <summary>Where an orderer's administrators ask.</summary>
    public string AdminAddressOf(string orderer) => new Uri((string)Node(orderer)["adminUrl"]!).Authority; // as the ordering organization's profile says

    /// <summary>A file with the roots of a node's TLS certificate.</summary>
    public string RootsOf(string node)
    {
        var file = Path.Combine(IdentityFolder, $"{node}-roots.pem");
        File.WriteAllText(file, (string)Node(node)["tlsCACerts"]!["pem"]!); // nodes have roots
        return file;
    }

    /// <summary>The environment of Fabric's <c>peer</c> command for one of the peers.</summary>
    public Dictionary<string, string> PeerCommand(string peer) => new()
    {
        ["CORE_PEER_LOCALMSPID"] = MspId,
        ["CORE_PEER_MSPCONFIGPATH"] = Path.Combine(IdentityFolder, "msp"),
        ["CORE_PEER_ADDRESS"] = AddressOf(peer),
        ["CORE_PEER_TLS_ENABLED"] = "true",
        ["CORE_PEER_TLS_ROOTCERT_FILE"] = RootsOf(peer),
    };

    private JsonNode Node(string name) => Profile["peers"]![name] ?? Profile["orderers"]![name]!; // profiles have both lists
}
