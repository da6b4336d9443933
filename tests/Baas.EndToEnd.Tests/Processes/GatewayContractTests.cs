using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

[Collection(nameof(ProcessNodesTests))]
public sealed class GatewayContractTests : IDisposable
{
    private const string LongTermSupport = "2.5.16";

    private readonly TestFolder _folder = new();

    [Fact]
    public Task Gateways_OfEmulatedNodes_ServeTheClient() => GatewayContract.HoldsAsync(options => options);

    [Fact]
    public Task Gateways_OfEmulatedNodesWithEd25519_ServeTheClient() => GatewayContract.HoldsAsync(options => options, edit: Ed25519.In);

    [RealNodesFact]
    public Task Gateways_OfFabricsOwnNodesWithEd25519_ServeTheClient() => GatewayContract.HoldsAsync(Real(RealNetwork.Version), edit: Ed25519.In);

    [RealNodesFact]
    public Task Gateways_OfFabricsOwnNodes_ServeTheClient() => GatewayContract.HoldsAsync(Real(RealNetwork.Version));

    [RealNodesFact(LongTermSupport)]
    public Task Gateways_OfFabricsOwnNodesOfLongTermSupport_ServeTheClient() => GatewayContract.HoldsAsync(Real(LongTermSupport), LongTermSupport);

    [Fact]
    public Task Organizations_OfEmulatedNodes_EndorseTogether() => OrganizationsContract.HoldsAsync(options => options);

    [RealNodesFact]
    public Task Organizations_OfFabricsOwnNodes_EndorseTogether() => OrganizationsContract.HoldsAsync(Real(RealNetwork.Version));

    [RealNodesFact(LongTermSupport)]
    public Task Organizations_OfFabricsOwnNodesOfLongTermSupport_EndorseTogether() => OrganizationsContract.HoldsAsync(Real(LongTermSupport), LongTermSupport);

    [Fact]
    public Task Unknown_OnEmulatedNodes_IsNeverFailed() => UnknownOutcomeContract.HoldsAsync(options => options);

    [RealNodesFact]
    public Task Unknown_OnFabricsOwnNodes_IsNeverFailed() => UnknownOutcomeContract.HoldsAsync(Real(RealNetwork.Version));

    public void Dispose() => _folder.Dispose();

    private Func<SandboxOptions, SandboxOptions> Real(string version)
    {
        var map = AssetChaincode.WriteTo(_folder.Path);
        return options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(version), ImageFiles = [map] };
    }
}
