using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Networks;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Tests.Fabric;
using Baas.Testing.Fabric;

namespace Baas.Core.Tests.Steps.Chaincodes;

/// <summary>The steps of a chaincode, judged by Fabric's own orderer and peers.</summary>
public sealed class RealChaincodeTests : IDisposable
{
    private static readonly MspId[] Approvers = [.. RealNetwork.Members.Select(member => member.MspId)];

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(3));

    public void Dispose() => _stop.Dispose();

    [FabricBinariesFact]
    public async Task Steps_EachTwice_BringADefinitionToTheChannel()
    {
        await using var network = await RealNetwork.StartAsync(_stop.Token);
        var basic = new ChaincodeSpec { Name = ChaincodeName.Parse("basic"), Channel = RealNetwork.Channel, Image = "basic:1.0" };

        await DeployAsync(network, basic);
        await DeployAsync(network, basic);
    }

    [FabricBinariesFact]
    public async Task Steps_PoliciesAndCollections_AreTakenAsTheyAre()
    {
        await using var network = await RealNetwork.StartAsync(_stop.Token);
        var first = new ChaincodeSpec
        {
            Name = ChaincodeName.Parse("asset-2"),
            Channel = RealNetwork.Channel,
            Image = "asset:1.0",
            InitRequired = true,
            EndorsementPolicy = "OutOf(1, AND('Org1MSP.peer','Org2MSP.peer'), 'Org1MSP.admin')",
            Collections =
            [
                new() { Name = CollectionName.Parse("prices"), Policy = "OR('Org1MSP.member','Org2MSP.member')", BlockToLive = 100, MemberOnlyWrite = false },
                new() { Name = CollectionName.Parse("terms"), Policy = "OR('Org2MSP.member')", EndorsementPolicy = "OR('Org2MSP.peer')" },
            ],
        };
        await DeployAsync(network, first);

        var second = first with { Sequence = 2, Version = ChaincodeVersion.Parse("2.0+rc.1"), EndorsementPolicy = "/Channel/Application/Admins" };
        await DeployAsync(network, second);

        // The first sequence is history: it cannot come back, and says so.
        var failure = await Assert.ThrowsAsync<ChaincodeDefinitionException>(() =>
            new CommitChaincode(network.Access, TimeProvider.System).ApplyAsync(new(RealNetwork.Name, first, network.Peers, [network.Orderer]), _stop.Token));
        Assert.Equal("chaincode-definition-conflict", failure.Code);
    }

    [FabricBinariesFact]
    public async Task AssetExample_Deployed_RunsTransactions()
    {
        await using var network = await RealNetwork.StartAsync(_stop.Token);
        var asset = new ChaincodeSpec { Name = ChaincodeName.Parse("asset"), Channel = RealNetwork.Channel, Image = "asset:1.0" };
        await AssetExample.InstallAsync(_stop.Token);
        await DeployAsync(network, asset, (server, packageId) => AssetExample.RunAsync(network, server, packageId, _stop.Token));
        using var administrator = await network.Access.AdministratorOfAsync(RealNetwork.Name, network.Peers[0].Node.Organization, _stop.Token);
        var peers = await network.Access.ConnectAsync(RealNetwork.Name, network.Peers, _stop.Token);
        var orderers = await network.Access.ConnectAsync(RealNetwork.Name, [network.Orderer], _stop.Token);
        var submitter = new TransactionSubmitter(peers, orderers, administrator, TimeProvider.System);
        var reader = new Endorser(peers[0], administrator, TimeProvider.System);

        await submitter.SubmitAsync(Call("Create", "a1", "ann", "10"), "create an asset", _stop.Token);
        await submitter.SubmitAsync(Call("Transfer", "a1", "bob"), "transfer an asset", _stop.Token);

        Assert.Equal("""{"id":"a1","owner":"bob","value":10}""", await ReadAsync("Read", "a1"));
        Assert.Equal("""[{"id":"a1","owner":"bob","value":10}]""", await ReadAsync("List", "", ""));
        Assert.Equal(2, System.Text.Json.JsonDocument.Parse(await ReadAsync("History", "a1")).RootElement.GetArrayLength());
        await Assert.ThrowsAsync<PeerRejectedException>(() => submitter.SubmitAsync(Call("Create", "a1", "eve", "1"), "create it again", _stop.Token));

        ChaincodeCall Call(string function, params string[] arguments) => ChaincodeCall.Of(RealNetwork.Channel.Value, "asset", function, arguments);

        async Task<string> ReadAsync(string function, params string[] arguments) =>
            (await reader.RunAsync(Call(function, arguments), "read assets", _stop.Token)).ToStringUtf8();
    }

    [FabricBinariesFact]
    public async Task AssetExample_WithInit_IsReachedBeforeItsInitAndStillWaitsForIt()
    {
        await using var network = await RealNetwork.StartAsync(_stop.Token);
        var asset = new ChaincodeSpec { Name = ChaincodeName.Parse("asset"), Channel = RealNetwork.Channel, Image = "asset:1.0", InitRequired = true };
        await AssetExample.InstallAsync(_stop.Token);
        await DeployAsync(network, asset, (server, packageId) => AssetExample.RunAsync(network, server, packageId, _stop.Token));
        using var administrator = await network.Access.AdministratorOfAsync(RealNetwork.Name, network.Peers[0].Node.Organization, _stop.Token);
        var peers = await network.Access.ConnectAsync(RealNetwork.Name, network.Peers, _stop.Token);
        var orderers = await network.Access.ConnectAsync(RealNetwork.Name, [network.Orderer], _stop.Token);
        var submitter = new TransactionSubmitter(peers, orderers, administrator, TimeProvider.System);
        var create = ChaincodeCall.Of(RealNetwork.Channel.Value, "asset", "Create", "a1", "ann", "10");

        var early = await Assert.ThrowsAsync<PeerRejectedException>(() => submitter.SubmitAsync(create, "create an asset", _stop.Token));
        await submitter.SubmitAsync(create with { IsInit = true }, "initialize by creating an asset", _stop.Token);
        await submitter.SubmitAsync(ChaincodeCall.Of(RealNetwork.Channel.Value, "asset", "Transfer", "a1", "bob"), "transfer an asset", _stop.Token);

        Assert.Contains("has not been initialized", early.Reason, StringComparison.Ordinal);
        await new ChaincodeCommitted(network.Access, TimeProvider.System).ApplyAsync(new(RealNetwork.Name, asset, network.Peers[0]), _stop.Token); // an initialized one answers, too
    }

    private async Task DeployAsync(RealNetwork network, ChaincodeSpec chaincode, Func<NodeEndpoint, string, Task>? serve = null)
    {
        foreach (var peer in network.Peers)
        {
            var name = NodeReference.Chaincode(peer.Node.Organization, chaincode.Channel, chaincode.Name);
            var server = new NodeEndpoint(name, NodeRole.Chaincode, network.Host, serve is null ? 9 : network.FreePort(), null, null);
            var packageId = await InstallAndApproveAsync(network, chaincode, peer, server);
            await (serve?.Invoke(server, packageId) ?? Task.CompletedTask);
        }

        var approvals = new ApprovalsComplete(network.Access, TimeProvider.System);
        foreach (var peer in network.Peers)
        {
            await RealNetwork.UntilAsync(() => approvals.ApplyAsync(new(RealNetwork.Name, chaincode, Approvers, peer), _stop.Token), _stop.Token);
        }

        await new CommitChaincode(network.Access, TimeProvider.System).ApplyAsync(new(RealNetwork.Name, chaincode, network.Peers, [network.Orderer]), _stop.Token);
        foreach (var peer in network.Peers)
        {
            await UntilCommittedAsync(network, new(RealNetwork.Name, chaincode, peer), isServed: serve is not null);
        }
    }

    // The definition is looked at first: a server that is missed shows that the peer has the definition as it was wanted.
    private async Task UntilCommittedAsync(RealNetwork network, ChaincodeCommitted.Input input, bool isServed)
    {
        var step = new ChaincodeCommitted(network.Access, TimeProvider.System);
        if (isServed)
        {
            await RealNetwork.UntilAsync(() => step.ApplyAsync(input, _stop.Token), _stop.Token);
        }
        else
        {
            await Assert.ThrowsAsync<ChaincodeSilentException>(() => RealNetwork.UntilAsync(() => step.ApplyAsync(input, _stop.Token), _stop.Token));
        }
    }

    private async Task<string> InstallAndApproveAsync(RealNetwork network, ChaincodeSpec chaincode, NodeEndpoint peer, NodeEndpoint server)
    {
        var package = await new PackageChaincode(network.Stores.Artifacts, network.Stores.Identities).ApplyAsync(new(RealNetwork.Name, chaincode, server), _stop.Token);
        var install = new InstallChaincode(network.Access, network.Stores.Artifacts, TimeProvider.System);
        await install.ApplyAsync(new(RealNetwork.Name, chaincode, package.PackageId, peer), _stop.Token);
        await new ApproveChaincode(network.Access, TimeProvider.System).ApplyAsync(new(RealNetwork.Name, chaincode, package.PackageId, peer, [network.Orderer]), _stop.Token);

        using var administrator = await network.Access.AdministratorOfAsync(RealNetwork.Name, peer.Node.Organization, _stop.Token);
        var lifecycle = new ChaincodeLifecycle(new Endorser(await network.Access.ConnectAsync(RealNetwork.Name, peer, _stop.Token), administrator, TimeProvider.System));
        Assert.Contains(await lifecycle.ListInstalledAsync(_stop.Token), installed => installed.PackageId == package.PackageId);
        return package.PackageId;
    }
}
