using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class NodeContractTests
{
    [Fact]
    public Task Answers_OfEmulatedNodes_AreThoseOfFabric() => NodeContract.HoldsAsync(options => options);

    [RealNodesFact]
    public async Task Answers_OfFabricsOwnNodes_AreThoseOfFabric()
    {
        using var folder = new TestFolder();
        var map = AssetChaincode.WriteTo(folder.Path);
        await NodeContract.HoldsAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(RealNetwork.Version), ImageFiles = [map] });
    }
}
