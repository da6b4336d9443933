using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class NodeContractTests
{
    private const string LongTermSupport = "2.5.16";

    [Fact]
    public Task Answers_OfEmulatedNodes_AreThoseOfFabric() => NodeContract.HoldsAsync(options => options);

    [RealNodesFact]
    public Task Answers_OfFabricsOwnNodes_AreThoseOfFabric() => RealAsync(RealNetwork.Version);

    [RealNodesFact(LongTermSupport)]
    public Task Answers_OfFabricsOwnNodesOfLongTermSupport_AreThoseOfFabric() => RealAsync(LongTermSupport);

    private static async Task RealAsync(string version)
    {
        using var folder = new TestFolder();
        var map = AssetChaincode.WriteTo(folder.Path);
        await NodeContract.HoldsAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(version), ImageFiles = [map] }, version);
    }
}
