using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using static Baas.Core.Tests.Fabric.TestLedgerNode;

namespace Baas.Core.Tests.Fabric.Chaincodes;

public sealed class ChaincodeLifecycleTests : IAsyncLifetime, IDisposable
{
    private const string NotApproved =
        "failed to invoke backing implementation of 'QueryApprovedChaincodeDefinition': could not fetch approved chaincode definition (name: 'basic', sequence: '1') on channel 'trade'";

    private static readonly ChannelName Channel = ChannelName.Parse("trade");
    private static readonly ChaincodePackage Package = ChaincodePackage.OfService("basic_1.0", new ChaincodeConnection("basic.example:9999", null));
    private static readonly ChaincodeDefinition Definition =
        ChaincodeDefinition.Of(new() { Name = ChaincodeName.Parse("basic"), Channel = Channel, Image = "basic:1.0", InitRequired = true });

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestAuthority _authority = new();
    private EcdsaSigner? _signer;
    private TestLedgerNode? _node;

    private TestLedgerNode Node => _node!;

    private ChaincodeLifecycle Lifecycle => new(new Endorser(_connections.To(Node.PeerOf("org1"), Node.Tls), _signer!, TimeProvider.System));

    public async Task InitializeAsync()
    {
        var (certificate, key) = _authority.Issue("admin", "admin");
        _signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), certificate, key);
        _node = await StartAsync();
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    public void Dispose()
    {
        _connections.Dispose();
        _signer!.Dispose();
        _authority.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task InstallAsync_Absent_SendsThePackage()
    {
        Node.On("QueryInstalledChaincodes", Installed("other_1.0:ab")).On("InstallChaincode", new InstallChaincodeResult());

        await Lifecycle.InstallAsync(Package, _stop.Token);

        var call = Node.Calls.Last();
        Assert.Equal(("", "_lifecycle", "InstallChaincode"), (call.Channel, call.Chaincode, call.Function));
        Assert.Equal(Package.Content.ToArray(), InstallChaincodeArgs.Parser.ParseFrom(call.Argument).ChaincodeInstallPackage.ToByteArray());
        Assert.Equal(_signer!.Identity.Serialize().ToArray(), call.Creator.ToByteArray());
    }

    [Fact]
    public async Task InstallAsync_AlreadyThere_OnlyLooks()
    {
        Node.On("QueryInstalledChaincodes", Installed("other_1.0:ab", Package.Id));

        await Lifecycle.InstallAsync(Package, _stop.Token);

        Assert.Equal(["QueryInstalledChaincodes"], Node.Functions);
    }

    [Fact]
    public async Task InstallAsync_AnotherOneWasFirst_Counts()
    {
        var installed = false;
        Node.On("QueryInstalledChaincodes", _ => Success(installed ? Installed(Package.Id) : Installed()))
            .On("InstallChaincode", _ =>
            {
                installed = true;
                return Failure(500, "chaincode already successfully installed");
            });

        await Lifecycle.InstallAsync(Package, _stop.Token);

        Assert.Equal(["QueryInstalledChaincodes", "InstallChaincode", "QueryInstalledChaincodes"], Node.Functions);
    }

    [Fact]
    public async Task InstallAsync_Refused_Throws()
    {
        Node.On("QueryInstalledChaincodes", Installed()).On("InstallChaincode", _ => Failure(500, "could not build chaincode"));

        var failure = await Assert.ThrowsAsync<PeerRejectedException>(() => Lifecycle.InstallAsync(Package, _stop.Token));

        Assert.Equal("could not build chaincode", failure.Reason);
    }

    [Fact]
    public async Task InstallAsync_CannotLook_DoesNotInstall()
    {
        Node.On("QueryInstalledChaincodes", _ => Failure(500, "access denied"));

        await Assert.ThrowsAsync<PeerRejectedException>(() => Lifecycle.InstallAsync(Package, _stop.Token));

        Assert.DoesNotContain("InstallChaincode", Node.Functions);
    }

    [Fact]
    public async Task ListInstalledAsync_Some_GivesThem()
    {
        Node.On("QueryInstalledChaincodes", Installed("basic_1.0:ab"));

        Assert.Equal([new InstalledChaincode("basic_1.0:ab", "basic_1.0")], await Lifecycle.ListInstalledAsync(_stop.Token));
    }

    [Fact]
    public async Task FindApprovedAsync_NotApproved_IsNull()
    {
        Node.On("QueryApprovedChaincodeDefinition", _ => Failure(500, NotApproved));

        Assert.Null(await Lifecycle.FindApprovedAsync(Channel, "basic", 1, _stop.Token));
    }

    [Fact]
    public async Task FindApprovedAsync_CannotTell_Throws()
    {
        Node.On("QueryApprovedChaincodeDefinition", _ => Failure(500, "could not deserialize namespace metadata for basic#1"));

        await Assert.ThrowsAsync<PeerRejectedException>(() => Lifecycle.FindApprovedAsync(Channel, "basic", 1, _stop.Token));
    }

    [Fact]
    public async Task FindApprovedAsync_Approved_ReadsWhatWasSent()
    {
        Node.On("QueryApprovedChaincodeDefinition", _ =>
        {
            var sent = ApproveChaincodeDefinitionForMyOrgArgs.Parser.ParseFrom(LifecycleCalls.Approve(Channel, Definition, Package.Id).Arguments[1]);
            return Success(new QueryApprovedChaincodeDefinitionResult
            {
                Sequence = sent.Sequence,
                Version = sent.Version,
                InitRequired = sent.InitRequired,
                EndorsementPlugin = sent.EndorsementPlugin,
                ValidationPlugin = sent.ValidationPlugin,
                ValidationParameter = sent.ValidationParameter,
                Source = sent.Source,
            });
        });

        var approved = await Lifecycle.FindApprovedAsync(Channel, "basic", 1, _stop.Token);

        Assert.Equal(Package.Id, approved!.PackageId);
        Assert.Empty(approved.Definition.DifferencesFrom(Definition));
        var asked = QueryApprovedChaincodeDefinitionArgs.Parser.ParseFrom(Node.Calls.Single().Argument);
        Assert.Equal(("trade", "basic", 1), (Node.Calls.Single().Channel, asked.Name, asked.Sequence));
    }

    [Fact]
    public async Task CheckReadinessAsync_SomeMissing_NamesThem()
    {
        Node.On("CheckCommitReadiness", new CheckCommitReadinessResult
        {
            Approvals = { { "Org1MSP", true }, { "Org2MSP", false }, { "Org3MSP", false } },
            Mismatches = { { "Org2MSP", new CheckCommitReadinessResult.Types.Mismatches { Items = { "ValidationInfo" } } } },
        });

        var readiness = await Lifecycle.CheckReadinessAsync(Channel, Definition, _stop.Token);

        Assert.Equal(
            ["Org2MSP (its approval has another ValidationInfo)", "Org4MSP"],
            readiness.MissingOf([MspId.Parse("Org1MSP"), MspId.Parse("Org2MSP"), MspId.Parse("Org4MSP")]));
        var asked = CheckCommitReadinessArgs.Parser.ParseFrom(Node.Calls.Single().Argument);
        Assert.Equal((1, "basic", "1.0", true, Definition.EndorsementPolicy), (asked.Sequence, asked.Name, asked.Version, asked.InitRequired, asked.ValidationParameter));
    }

    [Fact]
    public async Task FindCommittedAsync_NoDefinition_IsNull()
    {
        Node.On("QueryChaincodeDefinition", _ => Failure(404, "namespace basic is not defined"));

        Assert.Null(await Lifecycle.FindCommittedAsync(Channel, "basic", _stop.Token));
    }

    [Fact]
    public async Task FindCommittedAsync_CannotTell_Throws()
    {
        Node.On("QueryChaincodeDefinition", _ => Failure(500, "Failed to authorize invocation due to failed ACL check"));

        var failure = await Assert.ThrowsAsync<PeerRejectedException>(() => Lifecycle.FindCommittedAsync(Channel, "basic", _stop.Token));

        Assert.Equal("peer-rejected", failure.Code);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task FindCommittedAsync_NobodyThere_IsUnreachable()
    {
        var endpoint = Node.PeerOf("org1");
        var tls = Node.Tls;
        await Node.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(() =>
            new ChaincodeLifecycle(new Endorser(_connections.To(endpoint, tls), _signer!, TimeProvider.System)).FindCommittedAsync(Channel, "basic", _stop.Token));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task ListCommittedAsync_Some_GivesThem()
    {
        Node.On("QueryChaincodeDefinitions", new QueryChaincodeDefinitionsResult
        {
            ChaincodeDefinitions =
            {
                new QueryChaincodeDefinitionsResult.Types.ChaincodeDefinition
                {
                    Name = "basic",
                    Sequence = 1,
                    Version = "1.0",
                    InitRequired = true,
                    EndorsementPlugin = "escc",
                    ValidationPlugin = "vscc",
                    ValidationParameter = Definition.EndorsementPolicy,
                },
            },
        });

        Assert.Empty(Assert.Single(await Lifecycle.ListCommittedAsync(Channel, _stop.Token)).DifferencesFrom(Definition));
    }

    private static QueryInstalledChaincodesResult Installed(params IEnumerable<string> packageIds) => new()
    {
        InstalledChaincodes = { packageIds.Select(id => new QueryInstalledChaincodesResult.Types.InstalledChaincode { PackageId = id, Label = id.Split(':')[0] }) },
    };
}
