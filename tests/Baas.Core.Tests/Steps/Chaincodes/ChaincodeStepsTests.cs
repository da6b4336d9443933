using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Storage;
using Baas.Core.Tests.Fabric;
using Baas.Testing.Storage;
using Google.Protobuf;
using static Baas.Core.Tests.Fabric.TestLedgerNode;
using ChaincodeSpec = Baas.Core.Networks.ChaincodeSpec;

namespace Baas.Core.Tests.Steps.Chaincodes;

public sealed class ChaincodeStepsTests : IAsyncLifetime, IDisposable
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("trade"));
    private static readonly OrganizationName Org1 = OrganizationName.Parse("org1");
    private static readonly ChaincodeSpec Basic = new() { Name = ChaincodeName.Parse("basic"), Channel = ChannelName.Parse("trade"), Image = "basic:1.0" };
    private static readonly NodeEndpoint Server = new(NodeReference.Chaincode(Org1, Basic.Channel, Basic.Name), NodeRole.Chaincode, "basic.org1.example", 9999, null, null);

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestStores _stores = new();
    private readonly TestAuthority _authority = new();
    private TestLedgerNode? _node;

    private TestLedgerNode Node => _node!;

    private FabricAccess Access => new(_connections, _stores.Identities);

    private PackageChaincode Package => new(_stores.Artifacts, _stores.Identities);

    private ApproveChaincode.Input Approval => new(Network, Basic, "basic_1.0:ab", Node.PeerOf("org1"), [Node.OrdererOf("org1")]);

    private CommitChaincode.Input Commit => new(Network, Basic, [Node.PeerOf("org1")], [Node.OrdererOf("org1")]);

    public async Task InitializeAsync()
    {
        _node = await StartAsync();
        await Node.JoinAsync(_stores.Identities, _authority, Network, Org1, _stop.Token);
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    public void Dispose()
    {
        _connections.Dispose();
        _authority.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task PackageChaincode_Twice_IsTheSamePackage()
    {
        var first = await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);
        var stored = await _stores.Artifacts.FindPackageAsync(Network, Org1, Basic, _stop.Token);

        var second = await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);

        var package = ChaincodePackage.Read(stored);
        Assert.Equal((first.PackageId, first.PackageId), (second.PackageId, package.Id));
        Assert.Equal("basic_1.0", package.Label);
        Assert.Equal(new ChaincodeConnection("basic.org1.example:9999", string.Concat(Node.Tls.Roots)), package.Connection);
    }

    [Fact]
    public async Task PackageChaincode_ServerHasMoved_LeadsToTheNewPlace()
    {
        var first = await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);

        var second = await Package.ApplyAsync(new(Network, Basic, Server with { Port = 9998 }), _stop.Token);

        var stored = ChaincodePackage.Read(await _stores.Artifacts.FindPackageAsync(Network, Org1, Basic, _stop.Token));
        Assert.NotEqual(first.PackageId, second.PackageId);
        Assert.Equal((second.PackageId, "basic.org1.example:9998"), (stored.Id, stored.Connection!.Address));
    }

    [Fact]
    public async Task PackageChaincode_SameNameOnTwoChannels_ArePackagesOfTheirOwn()
    {
        // Such a name is allowed, and stores have to take it.
        var other = Basic with { Channel = ChannelName.Parse("a.") };
        await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);
        var output = await Package.ApplyAsync(new(Network, other, Server with { Host = "other.org1.example" }), _stop.Token);

        await Package.UndoAsync(new(Network, Basic, Server), _stop.Token);
        await Package.UndoAsync(new(Network, Basic, Server), _stop.Token);

        Assert.Null(await _stores.Artifacts.FindPackageAsync(Network, Org1, Basic, _stop.Token));
        Assert.Equal(output.PackageId, ChaincodePackage.Read(await _stores.Artifacts.FindPackageAsync(Network, Org1, other, _stop.Token)).Id);
    }

    [Fact]
    public async Task InstallChaincode_Packaged_InstallsTheStoredBytes()
    {
        Node.On("QueryInstalledChaincodes", new QueryInstalledChaincodesResult()).On("InstallChaincode", new InstallChaincodeResult());
        var output = await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);

        await new InstallChaincode(Access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Basic, output.PackageId, Node.PeerOf("org1")), _stop.Token);

        var sent = InstallChaincodeArgs.Parser.ParseFrom(Node.Calls.Last().Argument).ChaincodeInstallPackage;
        Assert.Equal(output.PackageId, ChaincodePackage.Read(sent.Memory).Id);
    }

    [Fact]
    public async Task InstallChaincode_AnotherPackageIsStored_Throws()
    {
        await Package.ApplyAsync(new(Network, Basic, Server), _stop.Token);

        var failure = await Assert.ThrowsAsync<StorageException>(() =>
            new InstallChaincode(Access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Network, Basic, "basic_1.0:00", Node.PeerOf("org1")), _stop.Token));

        Assert.Equal("package-missing", failure.Code);
        Assert.Empty(Node.Calls);
    }

    [Fact]
    public async Task ApproveChaincode_Twice_SubmitsOnce()
    {
        var approved = false;
        Node.OnCommit = () => approved = true;
        Node.On("QueryApprovedChaincodeDefinition", _ => approved ? Success(Approved("basic_1.0:ab")) : Failure(500, "could not fetch approved chaincode definition (name: 'basic'"))
            .On("ApproveChaincodeDefinitionForMyOrg", new ApproveChaincodeDefinitionForMyOrgResult());
        var step = new ApproveChaincode(Access, TimeProvider.System);

        await step.ApplyAsync(Approval, _stop.Token);
        await step.ApplyAsync(Approval, _stop.Token);

        Assert.Single(Node.Broadcasts);
        var sent = ApproveChaincodeDefinitionForMyOrgArgs.Parser.ParseFrom(Node.Calls.Single(call => call.Function == "ApproveChaincodeDefinitionForMyOrg").Argument);
        Assert.Equal(("basic", 1, "1.0", "basic_1.0:ab"), (sent.Name, sent.Sequence, sent.Version, sent.Source.LocalPackage.PackageId));
    }

    [Fact]
    public async Task ApproveChaincode_OtherPackageApproved_ApprovesAgain()
    {
        Node.On("QueryApprovedChaincodeDefinition", Approved("basic_1.0:cd")).On("ApproveChaincodeDefinitionForMyOrg", new ApproveChaincodeDefinitionForMyOrgResult());

        await new ApproveChaincode(Access, TimeProvider.System).ApplyAsync(Approval, _stop.Token);

        Assert.Single(Node.Broadcasts);
    }

    [Theory]
    [InlineData(TxValidationCode.MvccReadConflict)]
    [InlineData(TxValidationCode.EndorsementPolicyFailure)]
    public async Task ApproveChaincode_EarlierAttemptWasCommitted_Counts(TxValidationCode code)
    {
        // The earlier attempt, ordered just before this one, makes this one invalid.
        var approved = false;
        Node.Validation = code;
        Node.OnCommit = () => approved = true;
        Node.On("QueryApprovedChaincodeDefinition", _ => approved ? Success(Approved("basic_1.0:ab")) : Failure(500, "could not fetch approved chaincode definition (name: 'basic'"))
            .On("ApproveChaincodeDefinitionForMyOrg", new ApproveChaincodeDefinitionForMyOrgResult());

        await new ApproveChaincode(Access, TimeProvider.System).ApplyAsync(Approval, _stop.Token);

        Assert.Equal("QueryApprovedChaincodeDefinition", Node.Functions.Last());
    }

    [Fact]
    public async Task ApproveChaincode_PeerRefuses_Throws()
    {
        Node.On("QueryApprovedChaincodeDefinition", _ => Failure(500, "could not fetch approved chaincode definition (name: 'basic'"))
            .On("ApproveChaincodeDefinitionForMyOrg", _ => Failure(500, "collection member 'Org9MSP' is not part of the channel"));

        await Assert.ThrowsAsync<PeerRejectedException>(() => new ApproveChaincode(Access, TimeProvider.System).ApplyAsync(Approval, _stop.Token));
    }

    [Fact]
    public async Task ApprovalsComplete_SomeMissing_SaysWho()
    {
        Node.On("QueryChaincodeDefinition", _ => Failure(404, "namespace basic is not defined"))
            .On("CheckCommitReadiness", new CheckCommitReadinessResult { Approvals = { { "Org1MSP", true }, { "Org2MSP", false } } });
        var step = new ApprovalsComplete(Access, TimeProvider.System);

        var partly = await step.ApplyAsync(new(Network, Basic, [MspId.Parse("Org1MSP"), MspId.Parse("Org2MSP")], Node.PeerOf("org1")), _stop.Token);
        var complete = await step.ApplyAsync(new(Network, Basic, [MspId.Parse("Org1MSP")], Node.PeerOf("org1")), _stop.Token);

        Assert.Equal((false, "peer-1.org1 has not seen the approval of Org2MSP"), (partly.Holds, partly.Detail));
        Assert.True(complete.Holds);
    }

    [Fact]
    public async Task ApprovalsComplete_CommittedAlready_Holds()
    {
        Node.On("QueryChaincodeDefinition", Committed()).On("CheckCommitReadiness", _ => Failure(500, "requested sequence is 1, but new definition must be sequence 2"));

        Assert.True((await new ApprovalsComplete(Access, TimeProvider.System).ApplyAsync(new(Network, Basic, [MspId.Parse("Org1MSP")], Node.PeerOf("org1")), _stop.Token)).Holds);
    }

    [Fact]
    public async Task CommitChaincode_Twice_SubmitsOnce()
    {
        var committed = false;
        Node.OnCommit = () => committed = true;
        Node.On("QueryChaincodeDefinition", _ => committed ? Success(Committed()) : Failure(404, "namespace basic is not defined"))
            .On("CommitChaincodeDefinition", new CommitChaincodeDefinitionResult());
        var step = new CommitChaincode(Access, TimeProvider.System);

        await step.ApplyAsync(Commit, _stop.Token);
        await step.ApplyAsync(Commit, _stop.Token);

        Assert.Single(Node.Broadcasts);
        var sent = CommitChaincodeDefinitionArgs.Parser.ParseFrom(Node.Calls.Single(call => call.Function == "CommitChaincodeDefinition").Argument);
        Assert.Equal(("basic", 1, "1.0", false), (sent.Name, sent.Sequence, sent.Version, sent.InitRequired));
    }

    [Fact]
    public async Task CommitChaincode_AnotherDefinitionIsThere_LeavesIt()
    {
        Node.On("QueryChaincodeDefinition", Committed("2.0"));

        var failure = await Assert.ThrowsAsync<ChaincodeDefinitionException>(() => new CommitChaincode(Access, TimeProvider.System).ApplyAsync(Commit, _stop.Token));

        Assert.Equal("chaincode-definition-conflict", failure.Code);
        Assert.Empty(Node.Broadcasts);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("2.0", false)]
    [InlineData("1.0", true)]
    public async Task ChaincodeCommitted_WhatThePeerKnows_IsCompared(string? version, bool holds)
    {
        Node.On("QueryChaincodeDefinition", _ => version is null ? Failure(404, "namespace basic is not defined") : Success(Committed(version)));

        var seen = await new ChaincodeCommitted(Access, TimeProvider.System).ApplyAsync(new(Network, Basic, Node.PeerOf("org1")), _stop.Token);

        Assert.Equal(holds, seen.Holds);
    }

    private static QueryApprovedChaincodeDefinitionResult Approved(string packageId) => new()
    {
        Sequence = 1,
        Version = "1.0",
        EndorsementPlugin = "escc",
        ValidationPlugin = "vscc",
        ValidationParameter = DefaultPolicy,
        Source = new ChaincodeSource { LocalPackage = new ChaincodeSource.Types.Local { PackageId = packageId } },
    };

    [Theory]
    [InlineData(500, "You've asked to invoke a function that does not exist: GetMetadata", null)]
    [InlineData(500, "failed to execute transaction 1: invalid invocation: chaincode 'basic' has not been initialized for this version, must call as init first", null)]
    [InlineData(500, "error in simulation: failed to execute transaction 1: could not launch chaincode basic_1.0:ab: connection to basic_1.0:ab failed: context deadline exceeded", "chaincode-silent")]
    public async Task ChaincodeCommitted_WhatTheChaincodeAnswers_IsJudged(int status, string message, string? code)
    {
        Node.On("QueryChaincodeDefinition", Committed()).On("org.hyperledger.fabric:GetMetadata", _ => Failure(status, message));

        var failure = await Record.ExceptionAsync(() => new ChaincodeCommitted(Access, TimeProvider.System).ApplyAsync(new(Network, Basic, Node.PeerOf("org1")), _stop.Token));

        Assert.Equal(code, (failure as BaasException)?.Code);
        Assert.Equal(code is null, failure is null);
        Assert.Contains(Node.Calls, call => (call.Channel, call.Chaincode) == ("trade", "basic"));
    }

    private static QueryChaincodeDefinitionResult Committed(string version = "1.0") =>
        new() { Sequence = 1, Version = version, EndorsementPlugin = "escc", ValidationPlugin = "vscc", ValidationParameter = DefaultPolicy };

    private static ByteString DefaultPolicy => new ApplicationPolicy { ChannelConfigPolicyReference = "/Channel/Application/Endorsement" }.ToByteString();
}
