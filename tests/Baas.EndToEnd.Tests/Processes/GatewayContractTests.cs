using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class GatewayContractTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public Task Gateways_OfEmulatedNodes_ServeTheClient() => GatewayContract.HoldsAsync(options => options);

    [RealNodesFact]
    public Task Gateways_OfFabricsOwnNodes_ServeTheClient() => GatewayContract.HoldsAsync(Real);

    [Fact]
    public Task Unknown_OnEmulatedNodes_IsNeverFailed() => UnknownOutcomeContract.HoldsAsync(options => options);

    [RealNodesFact]
    public Task Unknown_OnFabricsOwnNodes_IsNeverFailed() => UnknownOutcomeContract.HoldsAsync(Real);

    public void Dispose() => _folder.Dispose();

    private SandboxOptions Real(SandboxOptions options) =>
        options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(RealNetwork.Version), ImageFiles = [AssetChaincode.WriteTo(_folder.Path)] };
}
