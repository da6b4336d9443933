using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows;
using Baas.Testing.Engines;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations;

public sealed class NetworkDeletionTests
{
    private static readonly ClusterName East = ClusterName.Parse("east");
    private static readonly ClusterName Default = ClusterName.Parse("default");

    private readonly RecordStore _records = new(new MemoryBlobStore());
    private readonly StillWorkflows _workflows = new();
    private readonly OperationParts _parts;

    public NetworkDeletionTests() => _parts = new OperationParts(_records, _workflows, TimeProvider.System);

    private static NetworkSpec HalfInTheEast => TestInputs.TwoOrganizations with
    {
        Organizations = [TestInputs.TwoOrganizations.Organizations[0] with { Cluster = East }, TestInputs.TwoOrganizations.Organizations[1]],
    };

    [Fact]
    public async Task DeleteAsync_LostCluster_GoesWithTheOperation()
    {
        await _parts.PutNetworkAsync(HalfInTheEast);

        var operation = await DeleteAsync(answer: false, "key", East);
        var again = await DeleteAsync(answer: true, "key", East); // it answers by now: the same request is the same deletion

        Assert.Equal(operation.Id, again.Id);
        Assert.All(_workflows.Started, started => Assert.Equal((IEnumerable<ClusterName>)[East], Assert.IsType<DeleteNetwork.Input>(started).Lost.Names));
        Assert.Equal(NetworkState.Deleting, (await _parts.NetworkAsync())?.State);
    }

    [Theory]
    [InlineData("east", true, "cluster-answers")]
    [InlineData("west", false, "cluster-unknown")]
    public async Task DeleteAsync_NotLostOrNotItsOwn_IsRefusedAndNothingBegins(string cluster, bool answers, string code)
    {
        await _parts.PutNetworkAsync(HalfInTheEast);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => DeleteAsync(answers, null, ClusterName.Parse(cluster)));

        Assert.Equal(code, refused.Code);
        Assert.Empty(_workflows.Started);
        Assert.Equal((NetworkState.Ready, null), ((await _parts.NetworkAsync())!.State, (await _parts.NetworkAsync())!.ActiveOperation)); // it was put there
    }

    [Fact]
    public async Task DeleteAsync_SettingsHaveNoCluster_BeginsAllTheSame()
    {
        await _parts.PutNetworkAsync();
        var request = new ChangeRequest(new Caller("tests", Role.Admin, null), OperationParts.Network.Tenant, null, "hash");

        await _parts.DeletionWith(answer: false, new SpecificationOptions { Clusters = [] }).DeleteAsync(request, OperationParts.Network.Network, [], null, CancellationToken.None);

        Assert.Equal(LostClusters.None, Assert.IsType<DeleteNetwork.Input>(Assert.Single(_workflows.Started)).Lost);
    }

    [Fact]
    public void RestOf_DefaultClusterIsLost_LeavesOutWhatNamesNone()
    {
        var lost = new LostClusters([Default], HoldDefault: true);

        var rest = NetworkPlan.Between(HalfInTheEast, null).Phases.Select(lost.RestOf).SelectMany(phase => phase.Changes).ToList();

        Assert.Equal("org1", Assert.Single(rest.OfType<AddOrganization>()).Organization.Value);
        Assert.Empty(rest.OfType<AddOrderer>());
        Assert.All(rest.OfType<AddPeer>(), peer => Assert.Equal("org1", peer.Node.Organization.Value));
        Assert.All(rest.OfType<AddChaincode>(), chaincode => Assert.Equal("org1", Assert.Single(chaincode.Members).Name.Value));
        Assert.Equal(["orderer", "org2"], lost.OrganizationsOf(HalfInTheEast).Select(organization => organization.Value));
    }

    private Task<OperationRecord> DeleteAsync(bool answer, string? key, params ClusterName[] lost) =>
        _parts.DeletionWith(answer).DeleteAsync(new ChangeRequest(new Caller("tests", Role.Admin, null), OperationParts.Network.Tenant, key, "hash"), OperationParts.Network.Network, lost, null, CancellationToken.None);
}
