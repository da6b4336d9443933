using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class NodeContractTests
{
    [Fact]
    public Task Answers_OfEmulatedNodes_AreThoseOfFabric() => NodeContract.HoldsAsync(options => options);

    [FabricBinariesFact]
    public async Task Answers_OfFabricsOwnNodes_AreThoseOfFabric()
    {
        using var folder = new TestFolder();
        var map = DummyChaincode.WriteTo(folder.Path);
        await NodeContract.HoldsAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.Folder, ImageFiles = [map] });
    }
}
