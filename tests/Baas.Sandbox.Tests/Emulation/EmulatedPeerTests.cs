using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;
using static Baas.Sandbox.Tests.Emulation.TestPeer;

namespace Baas.Sandbox.Tests.Emulation;

public sealed class EmulatedPeerTests
{
    private const string Channel = TestNetwork.Channel;

    [Fact]
    public async Task JoinChain_OnlyAdminsOfTheOwnOrganization()
    {
        await using var network = new TestNetwork();
        await network.PeerOne.StartAsync(network.Runtime);

        var (_, status, detail) = await SendAsync(network.PeerOne, TestPeer.Proposal(string.Empty, "cscc", network.Two.Admin, true, ByteString.CopyFromUtf8("JoinChain"), network.Genesis.ToByteString()));
        Assert.Equal(2, status);
        Assert.Contains("access denied", detail, StringComparison.Ordinal);
        Assert.Equal(500, (await JoinAsync(network.PeerOne, network.One.Issue("user", "client"), network.Genesis)).Status);
        Assert.Equal(200, (await JoinAsync(network.PeerOne, network.One.Admin, network.Genesis)).Status);
        var again = await JoinAsync(network.PeerOne, network.One.Admin, network.Genesis);
        Assert.Equal(500, again.Status);
        Assert.Contains("already exists", again.Message, StringComparison.Ordinal);
        var channels = ChannelQueryResponse.Parser.ParseFrom((await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "cscc", "GetChannels")).Payload);
        Assert.Equal(Channel, Assert.Single(channels.Channels).ChannelId);
    }

    [Fact]
    public async Task Proposal_HighSOrExpired_IsRefused()
    {
        await using var network = new TestNetwork();
        await network.PeerOne.StartAsync(network.Runtime);
        var question = ByteString.CopyFromUtf8("GetChannels");

        var highS = await SendAsync(network.PeerOne, TestPeer.Proposal(string.Empty, "cscc", network.One.Admin, false, question));
        var expired = await SendAsync(network.PeerOne, TestPeer.Proposal(string.Empty, "cscc", network.One.Issue("late", "admin", DateTimeOffset.UtcNow.AddMinutes(-1)), true, question));

        Assert.Equal(2, highS.Status);
        Assert.Equal(2, expired.Status);
        Assert.Contains("expired", expired.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownMethod_IsUnimplementedByName()
    {
        await using var network = new TestNetwork();
        await network.PeerOne.StartAsync(network.Runtime);
        using var grpc = network.PeerOne.Grpc();

        var (_, status, detail) = await grpc.CallAsync("/discovery.Discovery/Discover", new Block(), Block.Parser);

        Assert.Equal(12, status);
        Assert.Contains("/discovery.Discovery/Discover", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_Twice_SaysSoAndSurvivesARestart()
    {
        await using var network = new TestNetwork();
        await network.PeerOne.StartAsync(network.Runtime);
        var package = new InstallChaincodeArgs { ChaincodeInstallPackage = ByteString.CopyFrom(Package("asset_1.0")) };

        var first = await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "_lifecycle", "InstallChaincode", package);
        var second = await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "_lifecycle", "InstallChaincode", package);
        await network.PeerOne.StopAsync();
        await network.PeerOne.StartAsync(network.Runtime);

        Assert.Contains("already successfully installed", second.Message, StringComparison.Ordinal);
        var installed = QueryInstalledChaincodesResult.Parser.ParseFrom((await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "_lifecycle", "QueryInstalledChaincodes", new QueryInstalledChaincodesArgs())).Payload);
        Assert.Equal(InstallChaincodeResult.Parser.ParseFrom(first.Payload).PackageId, Assert.Single(installed.InstalledChaincodes).PackageId);
        Assert.Equal(500, (await AskAsync(network.PeerOne, network.One.Issue("user", "client"), string.Empty, "_lifecycle", "InstallChaincode", package)).Status);
    }

    [Fact]
    public async Task InstalledPackage_Absent_IsAFailureLikeThatOfRealPeers()
    {
        await using var network = new TestNetwork();
        await network.PeerOne.StartAsync(network.Runtime);

        var asked = await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "_lifecycle", "QueryInstalledChaincode", new QueryInstalledChaincodeArgs { PackageId = "a:1" });
        var read = await AskAsync(network.PeerOne, network.One.Admin, string.Empty, "_lifecycle", "GetInstalledChaincodePackage", new GetInstalledChaincodePackageArgs { PackageId = "a:1" });

        Assert.Equal((500, "failed to invoke backing implementation of 'QueryInstalledChaincode': could not find chaincode with package id 'a:1'"), (asked.Status, asked.Message));
        Assert.Equal(
            (500, "failed to invoke backing implementation of 'GetInstalledChaincodePackage': could not load cc install package: chaincode install package 'a:1' not found"),
            (read.Status, read.Message));
    }

    [Fact]
    public async Task Lifecycle_ApproveCommitQuery_WorksOverTwoOrganizations()
    {
        await using var network = await JoinedAsync();

        Assert.Equal(TxValidationCode.Valid, await ApproveAsync(network, network.PeerOne, network.One.Admin, 1, Approval(1, "asset_1.0:abc")));
        var readiness = await ReadinessAsync(network);
        Assert.True(readiness.Approvals["OneMSP"]);
        Assert.False(readiness.Approvals["TwoMSP"]);
        Assert.Equal(TxValidationCode.Valid, await ApproveAsync(network, network.PeerTwo, network.Two.Admin, 2, Approval(1)));
        await VerdictAtAsync(network, network.PeerOne, 2);
        var (commit, id) = await EndorseAsync([network.PeerOne, network.PeerTwo], network.One.Admin, "CommitChaincodeDefinition", new CommitChaincodeDefinitionArgs { Name = "asset", Version = "1.0", Sequence = 1 });
        await network.BroadcastAsync(network.Orderers[0], commit);
        Assert.Equal(TxValidationCode.Valid, await VerdictAsync(network.PeerTwo, network.Two.Admin, 3, id));

        var answer = await AskAsync(network.PeerTwo, network.Two.Admin, Channel, "_lifecycle", "QueryChaincodeDefinition", new QueryChaincodeDefinitionArgs { Name = "asset" });
        var definition = QueryChaincodeDefinitionResult.Parser.ParseFrom(answer.Payload);
        Assert.Equal(1, definition.Sequence);
        Assert.All(definition.Approvals.Values, Assert.True);
        var approved = await AskAsync(network.PeerOne, network.One.Admin, Channel, "_lifecycle", "QueryApprovedChaincodeDefinition", new QueryApprovedChaincodeDefinitionArgs { Name = "asset" });
        Assert.Equal("asset_1.0:abc", QueryApprovedChaincodeDefinitionResult.Parser.ParseFrom(approved.Payload).Source.LocalPackage.PackageId);
    }

    [Fact]
    public async Task Commit_EndorsedByAMinority_IsInvalid()
    {
        await using var network = await JoinedAsync();
        await ApproveAsync(network, network.PeerOne, network.One.Admin, 1, Approval(1));

        var (commit, id) = await EndorseAsync([network.PeerOne], network.One.Admin, "CommitChaincodeDefinition", new CommitChaincodeDefinitionArgs { Name = "asset", Version = "1.0", Sequence = 1 });
        await network.BroadcastAsync(network.Orderers[0], commit);

        Assert.Equal(TxValidationCode.EndorsementPolicyFailure, await VerdictAsync(network.PeerTwo, network.Two.Admin, 2, id));
        Assert.Equal(404, (await AskAsync(network.PeerOne, network.One.Admin, Channel, "_lifecycle", "QueryChaincodeDefinition", new QueryChaincodeDefinitionArgs { Name = "asset" })).Status);
    }

    [Fact]
    public async Task Approve_EndorsedByAnotherOrganization_IsInvalid()
    {
        await using var network = await JoinedAsync();
        var (approval, id) = await EndorseAsync([network.PeerOne], network.One.Admin, "ApproveChaincodeDefinitionForMyOrg", Approval(1));
        var forged = Forge(approval, network.PeerTwo.Identity, network.One.Admin);

        await network.BroadcastAsync(network.Orderers[0], forged);

        Assert.Equal(TxValidationCode.EndorsementPolicyFailure, await VerdictAsync(network.PeerOne, network.One.Admin, 1, id));
    }

    [Fact]
    public async Task Approvals_TwiceOnTheSameState_ConflictOnTheSecond()
    {
        await using var network = await JoinedAsync(timeout: "80ms");
        var (first, one) = await EndorseAsync([network.PeerOne], network.One.Admin, "ApproveChaincodeDefinitionForMyOrg", Approval(1));
        var (second, two) = await EndorseAsync([network.PeerOne], network.One.Admin, "ApproveChaincodeDefinitionForMyOrg", Approval(1, "p:1"));

        await network.BroadcastAsync(network.Orderers[0], first);
        await network.BroadcastAsync(network.Orderers[0], second);

        Assert.Equal(TxValidationCode.Valid, await VerdictAsync(network.PeerOne, network.One.Admin, 1, one));
        Assert.Equal(TxValidationCode.MvccReadConflict, await VerdictAsync(network.PeerOne, network.One.Admin, 1, two));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Approve_WrongSequence_IsRefused(long sequence)
    {
        await using var network = await JoinedAsync();

        var answer = await AskAsync(network.PeerOne, network.One.Admin, Channel, "_lifecycle", "ApproveChaincodeDefinitionForMyOrg", Approval(sequence));

        Assert.Equal(500, answer.Status);
        Assert.Contains("sequence", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_KeepsLedgerStateAndApprovals()
    {
        await using var network = await JoinedAsync();
        await ApproveAsync(network, network.PeerOne, network.One.Admin, 1, Approval(1, "asset_1.0:abc"));
        var before = await InfoAsync(network.PeerOne, network.One.Admin, Channel);
        await network.PeerOne.StopAsync();

        await network.PeerOne.StartAsync(network.Runtime);

        Assert.Equal(before, await InfoAsync(network.PeerOne, network.One.Admin, Channel));
        var approved = await AskAsync(network.PeerOne, network.One.Admin, Channel, "_lifecycle", "QueryApprovedChaincodeDefinition", new QueryApprovedChaincodeDefinitionArgs { Name = "asset" });
        Assert.Equal("asset_1.0:abc", QueryApprovedChaincodeDefinitionResult.Parser.ParseFrom(approved.Payload).Source.LocalPackage.PackageId);
    }

    [Fact]
    public async Task ConfigUpdate_ReachesThePeers()
    {
        await using var network = await JoinedAsync();
        await network.BroadcastAsync(network.Orderers[0], TestChannel.UpdateBatchSize(Channel, network.Config, 7, 1, network.Ordering.Admin, network.Ordering.Admin));
        await VerdictAtAsync(network, network.PeerOne, 1);

        Assert.Equal(2UL, (await InfoAsync(network.PeerOne, network.One.Admin, Channel)).Height);
    }

    internal static async Task<TestNetwork> JoinedAsync(string timeout = "20ms")
    {
        var network = await new TestNetwork(timeout: timeout).StartChannelAsync();
        await Task.WhenAll(network.PeerOne.StartAsync(network.Runtime), network.PeerTwo.StartAsync(network.Runtime));
        Assert.Equal(200, (await JoinAsync(network.PeerOne, network.One.Admin, network.Genesis)).Status);
        Assert.Equal(200, (await JoinAsync(network.PeerTwo, network.Two.Admin, network.Genesis)).Status);
        return network;
    }

    internal static async Task<TxValidationCode> ApproveAsync(TestNetwork network, TestNode peer, TestIdentity admin, ulong block, ApproveChaincodeDefinitionForMyOrgArgs args)
    {
        var (approval, id) = await EndorseAsync([peer], admin, "ApproveChaincodeDefinitionForMyOrg", args);
        var answer = await network.BroadcastAsync(network.Orderers[0], approval);
        Assert.True(answer.Status == Status.Success, answer.Info);
        return await VerdictAsync(peer, admin, block, id);
    }

    internal static async Task VerdictAtAsync(TestNetwork network, TestNode peer, ulong block)
    {
        var position = new Baas.Core.Fabric.Protos.Orderer.SeekPosition { Specified = new Baas.Core.Fabric.Protos.Orderer.SeekSpecified { Number = block } };
        using var grpc = peer.Grpc();
        await grpc.CallAsync(
            "/protos.Deliver/Deliver",
            TestChannel.Envelope(HeaderType.DeliverSeekInfo, Channel, new Baas.Core.Fabric.Protos.Orderer.SeekInfo { Start = position, Stop = position }, network.One.Admin),
            DeliverResponse.Parser);
    }

    private static async Task<CheckCommitReadinessResult> ReadinessAsync(TestNetwork network)
    {
        var answer = await AskAsync(network.PeerOne, network.One.Admin, Channel, "_lifecycle", "CheckCommitReadiness", new CheckCommitReadinessArgs { Name = "asset", Version = "1.0", Sequence = 1 });
        return CheckCommitReadinessResult.Parser.ParseFrom(answer.Payload);
    }

    /// <summary>Replaces the endorsement by one of somebody else.</summary>
    private static Envelope Forge(Envelope original, TestIdentity endorser, TestIdentity creator)
    {
        var payload = Payload.Parser.ParseFrom(original.Payload);
        var transaction = Transaction.Parser.ParseFrom(payload.Data);
        var action = ChaincodeActionPayload.Parser.ParseFrom(transaction.Actions[0].Payload);
        var response = action.Action.ProposalResponsePayload;
        action.Action.Endorsements[0] = new Endorsement { Endorser = endorser.Serialized, Signature = endorser.Sign([.. response.Span, .. endorser.Serialized.Span]) };
        transaction.Actions[0].Payload = action.ToByteString();
        payload.Data = transaction.ToByteString();
        var bytes = payload.ToByteString();
        return new Envelope { Payload = bytes, Signature = creator.Sign(bytes.Span) };
    }
}
