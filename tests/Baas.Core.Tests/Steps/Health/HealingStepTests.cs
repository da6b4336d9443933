using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Steps.Health;
using Baas.Core.Storage;
using Baas.Core.Tests.Steps.Cluster;
using System.Text.Json.Nodes;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Health;

public sealed class HealingStepTests : IAsyncLifetime
{
    private static readonly ReapplyObjects.Input OfPeer = new(Network, Org1, NodeName.Parse("peer-1"));

    private readonly StepFixture _fixture = new();
    private readonly RecordStore _records;

    public HealingStepTests() => _records = new RecordStore(_fixture.Stores.Blobs);

    public async Task InitializeAsync()
    {
        await _fixture.IssueAsync(Peer, Orderer);
        await _fixture.Stores.Artifacts.PutEndpointAsync(Network, new NodeEndpoint(Peer.Node, NodeRole.Peer, "10.0.0.1", 7051, null, null), default);
        var spec = new NetworkSpec
        {
            Name = Network.Network,
            FabricVersion = Three,
            Ordering = new OrderingSpec { Nodes = 1 },
            Organizations = [new OrganizationSpec { Name = Org1, MspId = MspId.Parse("Org1MSP"), Peers = 1 }],
        };
        var now = DateTimeOffset.UnixEpoch;
        var record = new NetworkRecord { Reference = Network, Spec = spec, State = NetworkState.Ready, CreatedAt = now, UpdatedAt = now, LastOperation = OperationId.Parse("op-test") };
        await _records.PutAsync(RecordNames.Network(Network), record, BlobCondition.Absent, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ReapplyObjects_OfANode_TwiceEqualsOnce()
    {
        await Reapply().ApplyAsync(OfPeer, default);
        var once = _fixture.Kubernetes.Objects;
        await Reapply().ApplyAsync(OfPeer, default);

        Assert.Equal(once, _fixture.Kubernetes.Objects);
        Assert.Superset(new HashSet<string>(["Secret acme-trade-org1/peer-1", "Service acme-trade-org1/peer-1", "StatefulSet acme-trade-org1/peer-1"]), once.ToHashSet());
    }

    [Fact]
    public async Task ReapplyObjects_PutsBackWhatWasChanged()
    {
        await Reapply().ApplyAsync(OfPeer, default);
        _fixture.Kubernetes.Change(Peer.StatefulSet, set => set["spec"]!["replicas"] = 0);

        await Reapply().ApplyAsync(OfPeer, default);

        Assert.Equal(1, (int?)_fixture.Kubernetes.Stored(Peer.StatefulSet)["spec"]!["replicas"]);
    }

    [Fact]
    public async Task ReapplyObjects_OfAnOrganization_AppliesWhatItHasOnce()
    {
        await Reapply().ApplyAsync(OfPeer with { Node = null }, default);

        Assert.Contains("NetworkPolicy acme-trade-org1/peers", _fixture.Kubernetes.Objects);
        Assert.DoesNotContain("StatefulSet acme-trade-org1/peer-1", _fixture.Kubernetes.Objects);
    }

    [Fact]
    public async Task ReapplyObjects_NamespaceGone_TouchesNothing()
    {
        await _fixture.Kubernetes.DeleteAsync(NamespaceManifests.Reference(Network, Org1), default);

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => Reapply().ApplyAsync(OfPeer, default));

        Assert.Equal("namespace-foreign", failure.Code);
        Assert.DoesNotContain(_fixture.Kubernetes.Requests, request => request.StartsWith("apply", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("uid-1", false)]
    [InlineData("uid-2", true)]
    public async Task ReplacePod_AnotherPodByNow_IsLeftAlone(string meant, bool isThere)
    {
        var pod = new ResourceReference(ResourceKind.Pod, Peer.Namespace, "peer-1-0");
        _fixture.Kubernetes.Put(pod, new JsonObject { ["metadata"] = new JsonObject { ["uid"] = "uid-1", ["labels"] = new JsonObject { [Labels.Node] = "peer-1" } } });
        var step = new ReplacePod(_fixture.Kubernetes.Clusters());
        var input = new ReplacePod.Input(Network, Org1, NodeName.Parse("peer-1"), meant, null);

        await step.ApplyAsync(input, default);
        await step.ApplyAsync(input, default);

        Assert.Equal(isThere, await _fixture.Kubernetes.GetAsync(pod, default) is not null);
    }

    private ReapplyObjects Reapply() => new(
        _fixture.Kubernetes.Clusters(), _records, _fixture.Stores.Artifacts, new WantedObjects(_fixture.Stores.Identities, _fixture.Stores.Secrets, _fixture.Stores.Artifacts));
}
