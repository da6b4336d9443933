using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Backups;

public sealed class BackupOperationsTests
{
    private static readonly BackupId Id = BackupId.Parse("bk-1");
    private static readonly NetworkSpec Spec = TestInputs.TwoOrganizations;

    private readonly TestOperations _test = new();

    [Fact]
    public async Task BeginAsync_Ready_TakesTheNetworkAndLeavesItReady()
    {
        await _test.PutNetworkAsync();

        var operation = await _test.Operations.BeginAsync(TestOperations.Request(), Spec.Name, CancellationToken.None);

        var network = await _test.NetworkAsync();
        Assert.Equal((operation.Id, NetworkState.Ready), (network?.ActiveOperation, network?.State));
        Assert.Equal(BackupId.Of(operation.Id), Assert.IsType<BackupNetwork.Input>(Assert.Single(_test.Started)).Backup);
    }

    [Fact]
    public async Task BeginAsync_Twice_TheSecondIsBusyAndForgotten()
    {
        await _test.PutNetworkAsync();
        var first = await _test.Operations.BeginAsync(TestOperations.Request("a"), Spec.Name, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _test.Operations.BeginAsync(TestOperations.Request("b"), Spec.Name, CancellationToken.None));

        Assert.Equal(("network-busy", first.Id), (refusal.Code, refusal.Operation));
        Assert.Single(_test.Blobs.Blobs.Keys, name => name.StartsWith(RecordNames.Operations, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BeginAsync_Repeated_IsTheSameOperation()
    {
        await _test.PutNetworkAsync();
        var first = await _test.Operations.BeginAsync(TestOperations.Request("a"), Spec.Name, CancellationToken.None);
        Assert.Equal(first.Id, (await _test.Operations.BeginAsync(TestOperations.Request("a"), Spec.Name, CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData(NetworkState.Creating)]
    [InlineData(NetworkState.Failed)]
    [InlineData(NetworkState.Deleting)]
    public async Task BeginAsync_NotReady_IsRefused(NetworkState state)
    {
        await _test.PutNetworkAsync(state);
        Assert.Equal("network-not-ready", (await Assert.ThrowsAsync<RefusedException>(() => _test.Operations.BeginAsync(TestOperations.Request(), Spec.Name, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task BeginAsync_Absent_IsRefused() =>
        Assert.Equal("network-not-found", (await Assert.ThrowsAsync<RefusedException>(() => _test.Operations.BeginAsync(TestOperations.Request(), Spec.Name, CancellationToken.None))).Code);

    [Theory]
    [InlineData(BackupState.Running)]
    [InlineData(BackupState.Failed)]
    public async Task Restore_BackupThatIsNotWhole_IsRefused(BackupState state)
    {
        await PutBackupAsync(state);
        Assert.Equal("backup-not-complete", await RefusalOfAsync(true));
        Assert.Equal("backup-not-complete", (await Assert.ThrowsAsync<RefusedException>(() => _test.Operations.VerifyAsync(TestOperations.Request(), Spec.Name, Id, CancellationToken.None))).Code);
    }

    [Theory]
    [InlineData(false, "", "restore-needs-force")]
    [InlineData(true, "peer-9.org1", "restore-node-unknown")]
    [InlineData(true, "orderer-1.orderer orderer-2.orderer", "restore-selection-unsafe")]
    [InlineData(true, "orderer-1.orderer orderer-2.orderer orderer-3.orderer", "restore-selection-unsafe")]
    public async Task Restore_OverALiveNetwork_IsRefusedWhereItWouldHarm(bool force, string nodes, string code)
    {
        await _test.PutNetworkAsync();
        await PutBackupAsync(BackupState.Complete);

        Assert.Equal(code, await RefusalOfAsync(force, nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(_test.Started);
        Assert.Null((await _test.NetworkAsync())?.ActiveOperation);
    }

    [Theory]
    [InlineData("orderer-1.orderer peer-1.org1")]
    [InlineData("")]
    public async Task Restore_WithForce_BeginsInPlace(string nodes)
    {
        await _test.PutNetworkAsync(NetworkState.Failed);
        await PutBackupAsync(BackupState.Complete);

        await _test.Restores.BeginAsync(TestOperations.Request(), Spec.Name, Wish(true, nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries)), OnFailure.Keep, CancellationToken.None);

        Assert.False(Assert.IsType<RestoreNetwork.Input>(Assert.Single(_test.Started)).IsNew);
    }

    [Fact]
    public async Task Restore_PlaceIsEmpty_BeginsAsNew_AndRepeated_IsTheSame()
    {
        await PutBackupAsync(BackupState.Complete);

        var first = await _test.Restores.BeginAsync(TestOperations.Request("a"), Spec.Name, Wish(false), OnFailure.Rollback, CancellationToken.None);
        var again = await _test.Restores.BeginAsync(TestOperations.Request("a"), Spec.Name, Wish(false), OnFailure.Rollback, CancellationToken.None);

        Assert.Equal(first.Id, again.Id);
        Assert.All(_test.Started, input => Assert.True(Assert.IsType<RestoreNetwork.Input>(input).IsNew));
        Assert.Equal(NetworkState.Creating, (await _test.NetworkAsync())?.State);
    }

    [Fact]
    public async Task Restore_UnderAnotherName_BeginsThereWithWhatIsOfTheFormer()
    {
        await PutBackupAsync(BackupState.Complete);
        var copy = NetworkName.Parse("copy");

        await _test.Restores.BeginAsync(TestOperations.Request(), copy, Wish(false) with { Source = Spec.Name, Cluster = ClusterName.Parse("west") }, OnFailure.Rollback, CancellationToken.None);

        var input = Assert.IsType<RestoreNetwork.Input>(Assert.Single(_test.Started));
        Assert.Equal((copy, TestOperations.Network, copy, "west"), (input.Network.Network, input.Source, input.Spec.Name, input.Spec.Ordering.Cluster?.Value));
        Assert.All(input.Spec.Organizations, organization => Assert.Equal("west", organization.Cluster?.Value));
    }

    [Fact]
    public async Task Restore_UnderAnotherNameOfNamespaces_DoesNotMindTheOriginal()
    {
        await PutBackupAsync(BackupState.Complete, "peer-1.acme-two-orgs-org1.svc");
        await _test.PutNetworkAsync();

        await _test.Restores.BeginAsync(TestOperations.Request(), NetworkName.Parse("copy"), Wish(false) with { Source = Spec.Name }, OnFailure.Rollback, CancellationToken.None);

        Assert.Equal("copy", Assert.IsType<RestoreNetwork.Input>(Assert.Single(_test.Started)).Network.Network.Value);
    }

    [Theory]
    [InlineData("copy", "10.0.0.1", null, true, "restore-original-there")]
    [InlineData("copy", "10.0.0.1", "north", false, "cluster-unknown")]
    [InlineData(null, "10.0.0.1", "north", false, "cluster-unknown")]
    public async Task Restore_Elsewhere_IsRefusedWhereItCannotBe(string? name, string host, string? cluster, bool isThere, string code)
    {
        Assert.Equal("two-orgs", Spec.Name.Value);
        await PutBackupAsync(BackupState.Complete, host);
        if (isThere)
        {
            await _test.PutNetworkAsync();
        }

        var wish = Wish(false) with { Source = name is null ? null : Spec.Name, Cluster = cluster is null ? null : ClusterName.Parse(cluster) };
        var target = name is null ? Spec.Name : NetworkName.Parse(name);
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => _test.Restores.BeginAsync(TestOperations.Request(), target, wish, OnFailure.Rollback, CancellationToken.None))).Code);
        Assert.Empty(_test.Started);
    }

    [Fact]
    public async Task Sweep_BeginsWhatIsDue_Once()
    {
        var clock = new ManualClock();
        var made = clock.GetUtcNow(); // midnight
        var test = new TestOperations(clock);
        await test.PutNetworkAsync(spec: Spec with { Backup = new BackupSpec { Schedule = "0 3 * * *" } }, createdAt: made);

        clock.Advance(TimeSpan.FromHours(2.9));
        Assert.Equal(0, await test.Sweep.RunAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(0.1) + BackupSweep.SpreadOf(TestOperations.Network));
        Assert.Equal(1, await test.Sweep.RunAsync(CancellationToken.None));
        Assert.Equal(0, await test.Sweep.RunAsync(CancellationToken.None));
        Assert.Equal("service:backup-schedule", (await test.Records.GetAsync<OperationRecord>(RecordNames.Operation(TestOperations.Network.Tenant, (await test.NetworkAsync())!.LastOperation), CancellationToken.None))?.Record.CreatedBy); // it is there
    }

    private static RestoreRequest Wish(bool force, params IEnumerable<string> nodes) => new(
        Id, [.. nodes.Select(node => new NodeReference(OrganizationName.Parse(node.Split('.')[1]), NodeName.Parse(node.Split('.')[0])))], force);

    private async Task<string> RefusalOfAsync(bool force, params string[] nodes) => (await Assert.ThrowsAsync<RefusedException>(
        () => _test.Restores.BeginAsync(TestOperations.Request(), Spec.Name, Wish(force, nodes), OnFailure.Rollback, CancellationToken.None))).Code;

    private async Task PutBackupAsync(BackupState state, string host = "10.0.0.1")
    {
        var root = new VolumeRoot { Index = [], IndexHash = "", Entries = 0, Bytes = 0 };
        var record = new BackupRecord { Id = Id, Network = TestOperations.Network, Operation = OperationId.Parse("op-1"), State = state, CreatedAt = DateTimeOffset.UnixEpoch };
        await _test.Records.PutAsync(BackupRecordNames.Of(TestOperations.Network, Id), record, BlobCondition.None, CancellationToken.None);
        await _test.Backups.EnsureKeyAsync(TestOperations.Network, CancellationToken.None);
        await _test.Backups.WriteManifestAsync(
            new BackupManifest
            {
                Version = 1,
                Id = Id,
                Network = TestOperations.Network,
                CreatedAt = DateTimeOffset.UnixEpoch,
                KeyId = "",
                Spec = Spec,
                Artifacts = root,
                Volumes =
                [
                    .. Spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => new BackedUpVolume { Node = node, Role = NodeRole.Peer, Root = root, Endpoint = new(node, NodeRole.Peer, host, 7051, null, null) }),
                    .. Spec.Ordering.Orderers().Select(node => new BackedUpVolume { Node = node, Role = NodeRole.Orderer, Root = root }),
                ],
            },
            CancellationToken.None);
    }
}
