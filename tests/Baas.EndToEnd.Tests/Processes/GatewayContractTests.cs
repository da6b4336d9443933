using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class GatewayContractTests
{
    [Fact]
    public Task Gateways_OfEmulatedNodes_ServeTheClient() => GatewayContract.HoldsAsync(options => options);

    [RealNodesFact]
    public async Task Gateways_OfFabricsOwnNodes_ServeTheClient()
    {
        using var folder = new TestFolder();
        var map = AssetChaincode.WriteTo(folder.Path);
        await GatewayContract.HoldsAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(RealNetwork.Version), ImageFiles = [map] });
    }
}
