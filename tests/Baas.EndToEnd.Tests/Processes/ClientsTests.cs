using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>Fabric's own tools and its Node gateway client use a network with what Baas exports, nothing edited by hand; then it goes without a trace.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class ClientsTests
{
    private static readonly TimeSpan AgreementLimit = TimeSpan.FromSeconds(60);

    [RealNodesFact]
    public Task Clients_Raft_UseTheNetwork() => UseAsync(new RealNetwork());

    [RealNodesFact]
    public Task Clients_Bft_UseTheNetwork() => UseAsync(new RealNetwork("bft.yaml", name: "bft"));

    [RealNodesFact]
    public Task Clients_RaftWithEd25519_UseTheNetwork() => UseAsync(new RealNetwork(edit: Ed25519.In), Ed25519.Algorithm);

    [RealNodesFact]
    public Task Clients_BftWithEd25519OfOrganizations_UseTheNetwork() => UseAsync(new RealNetwork("bft.yaml", name: "bft", edit: Ed25519.InOrganizations), Ed25519.Algorithm);

    [RealNodesFact("2.5.16")]
    public Task Clients_RaftOfLongTermSupport_UseTheNetwork() => UseAsync(new RealNetwork(version: "2.5.16"));

    private static async Task UseAsync(RealNetwork made, string algorithm = "1.2.840.10045.2.1")
    {
        await using var network = made;
        await network.UpAsync();
        var (own, other, ordering) = (await network.ExportAsync("org1"), await network.ExportAsync("org2"), await network.ExportAsync("orderer"));
        using (var admin = X509CertificateLoader.LoadCertificateFromFile(Directory.GetFiles(Path.Combine(own.IdentityFolder, "msp", "signcerts")).Single()))
        {
            Assert.Equal(algorithm, admin.GetKeyAlgorithm());
        }

        await InvokeAsync(network, own, other, """{"Args":["Create","one","ann","5"]}""");
        await network.GatewayAsync(own, "submit", "Transfer", "one", "bob");
        var asset = await network.GatewayAsync(other, "evaluate", "Read", "one");

        Assert.Equal("""{"id":"one","owner":"bob","value":5}""", asset);
        await AgreeAsync(network, own, "peer-1.org1", "peer-2.org1", asset);
        await AgreeAsync(network, other, "peer-1.org2", "peer-2.org2", asset);
        Assert.Contains("\"main\"", await OsnadminAsync(network, ordering), StringComparison.Ordinal);
        Assert.Contains("Committed block", await network.GetAsync("logs", network.Name, "peer-1.org1", "--tail", "10000"), StringComparison.Ordinal);

        var listened = network.Machine.Listening;
        Assert.NotEmpty(network.Machine.Programs);
        await network.GetAsync("network", "delete", network.Name);
        network.Machine.AssertNothingLeft(listened);
    }

    private static Task<string> InvokeAsync(RealNetwork network, ExportedOrganization own, ExportedOrganization other, string call) => network.FabricAsync(
        "peer",
        own.PeerCommand("peer-1.org1"),
        "chaincode", "invoke", "-o", own.AddressOf("orderer-1.orderer"), "--tls", "--cafile", own.RootsOf("orderer-1.orderer"), "-C", "main", "-n", "asset",
        "--peerAddresses", own.AddressOf("peer-1.org1"), "--tlsRootCertFiles", own.RootsOf("peer-1.org1"),
        "--peerAddresses", other.AddressOf("peer-1.org2"), "--tlsRootCertFiles", other.RootsOf("peer-1.org2"),
        "-c", call, "--waitForEvent");

    private static Task<string> OsnadminAsync(RealNetwork network, ExportedOrganization ordering) => network.FabricAsync(
        "osnadmin",
        new Dictionary<string, string>(),
        "channel", "list", "-o", ordering.AdminAddressOf("orderer-1.orderer"), "--ca-file", ordering.RootsOf("orderer-1.orderer"),
        "--client-cert", Path.Combine(ordering.IdentityFolder, "tls", "client.crt"), "--client-key", Path.Combine(ordering.IdentityFolder, "tls", "client.key"));

    // The second peer hears of the last block a moment later than the one that was asked.
    private static async Task AgreeAsync(RealNetwork network, ExportedOrganization own, string first, string second, string asset)
    {
        using var limit = new CancellationTokenSource(AgreementLimit);
        while (await LedgerAsync(network, own, first) is var one && await LedgerAsync(network, own, second) is var two && one != two)
        {
            Assert.False(limit.IsCancellationRequested, $"{first}: {one}, {second}: {two}");
        }

        Assert.Equal(asset, await ReadAsync(network, own, first));
        Assert.Equal(asset, await ReadAsync(network, own, second));
    }

    private static async Task<string> LedgerAsync(RealNetwork network, ExportedOrganization own, string peer)
    {
        var output = await network.FabricAsync("peer", own.PeerCommand(peer), "channel", "getinfo", "-c", "main");
        var info = JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..])!; // it prints "Blockchain info: {…}"
        Assert.True((int?)info["height"] >= 5, output); // genesis, approvals in one block or two, definition, two transactions
        return info.ToJsonString();
    }

    private static Task<string> ReadAsync(RealNetwork network, ExportedOrganization own, string peer) =>
        network.FabricAsync("peer", own.PeerCommand(peer), "chaincode", "query", "-C", "main", "-n", "asset", "-c", """{"Args":["Read","one"]}""");
}
