using System.Text.Json.Nodes;
using System.Threading.Channels;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Tests.Cluster.Store;

public sealed class ObjectStoreTests : IAsyncLifetime
{
    private readonly ObjectStore _store = ObjectStore.Open(new StoreOptions { HistoryLimit = 16 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public void Create_SecondOfAName_AlreadyExists()
    {
        _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));

        var failure = Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a")));

        Assert.Equal((409, "AlreadyExists"), (failure.Status, failure.Reason));
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("")]
    public void Create_NameThatKubernetesRefuses_IsInvalid(string name) =>
        Assert.Equal(422, Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named(name))).Status);

    [Fact]
    public void Create_AbsentNamespace_NotFound() =>
        Assert.Equal(404, Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a", "nowhere"))).Status);

    [Fact]
    public void Change_NothingDiffers_KeepsTheResourceVersion()
    {
        var made = _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));

        var after = _store.Change(Manifests.ConfigKey("a"), same => same);

        Assert.Same(made, after);
    }

    [Fact]
    public void Change_Spec_RaisesGenerationAndKeepsStatus()
    {
        _store.Create(ClusterKinds.StatefulSets, Manifests.Parse(Manifests.StatefulSet("a")));
        var key = new ObjectKey(ClusterKinds.StatefulSets, "default", "a");
        _store.Change(key, set => With(set, "status", "replicas", 1), status: true);

        var after = _store.Change(key, set => With(With(set, "spec", "replicas", 2), "status", "replicas", 7));

        Assert.Equal((2L, 2L, 1L), (after.Number("metadata", "generation"), after.Number("spec", "replicas"), after.Number("status", "replicas")));
    }

    [Fact]
    public void Delete_RunningPod_StaysUntilTheKubeletRemovesIt()
    {
        _store.Create(ClusterKinds.Pods, Manifests.Pod("a", "node"));

        var first = _store.Delete(Manifests.PodKey("a"));
        var last = _store.Delete(Manifests.PodKey("a"), graceSeconds: 0);

        Assert.False(first.IsGone);
        Assert.Equal(30, first.Object.Number("metadata", "deletionGracePeriodSeconds"));
        Assert.True(last.IsGone);
    }

    [Fact]
    public void Delete_WithFinalizer_GoesWhenTheFinalizerGoes()
    {
        var subject = Manifests.Named("a");
        subject["metadata"]!["finalizers"] = new JsonArray("example.com/hold");
        _store.Create(ClusterKinds.ConfigMaps, subject);

        Assert.False(_store.Delete(Manifests.ConfigKey("a")).IsGone);
        _store.Change(Manifests.ConfigKey("a"), one =>
        {
            one["metadata"]!.AsObject().Remove("finalizers");
            return one;
        });

        Assert.Null(_store.Get(Manifests.ConfigKey("a")));
    }

    [Theory]
    [InlineData((int)DeletePropagation.Background, false)]
    [InlineData((int)DeletePropagation.Foreground, false)]
    [InlineData((int)DeletePropagation.Orphan, true)]
    public void Delete_Owner_TakesTheOwnedAlongUnlessOrphaned(int propagation, bool stays)
    {
        Owned();

        _store.Delete(Manifests.ConfigKey("owner"), (DeletePropagation)propagation);

        Assert.Null(_store.Get(Manifests.ConfigKey("owner")));
        Assert.Equal(stays, _store.Get(Manifests.ConfigKey("owned")) is not null);
    }

    [Fact]
    public void Delete_ForegroundOwnerOfRunningPod_WaitsForThePod()
    {
        var owner = _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("owner"));
        var pod = Manifests.Pod("pod", "node");
        pod["metadata"]!["ownerReferences"] = OwnerOf(owner);
        _store.Create(ClusterKinds.Pods, pod);

        Assert.False(_store.Delete(Manifests.ConfigKey("owner"), DeletePropagation.Foreground).IsGone);
        Assert.True(_store.Get(Manifests.PodKey("pod"))!.IsDeleting);
        _store.Delete(Manifests.PodKey("pod"), graceSeconds: 0);

        Assert.Null(_store.Get(Manifests.ConfigKey("owner")));
    }

    [Fact]
    public void Delete_Namespace_TerminatesUntilItsPodsAreGone()
    {
        _store.Create(ClusterKinds.Namespaces, Manifests.Parse("""{"metadata":{"name":"org1"}}"""));
        _store.Create(ClusterKinds.Pods, Manifests.Pod("a", "node", "org1"));
        var key = new ObjectKey(ClusterKinds.Namespaces, null, "org1");

        _store.Delete(key);
        var refused = Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("late", "org1")));
        Assert.Equal("Terminating", _store.Get(key).Text("status", "phase"));
        _store.Delete(new ObjectKey(ClusterKinds.Pods, "org1", "a"), graceSeconds: 0);

        Assert.Equal("NamespaceTerminating", refused.Details.Objects("causes").Single().Text("reason"));
        Assert.Null(_store.Get(key));
    }

    [Fact]
    public void Create_BeyondQuota_IsForbiddenInKubernetesWords()
    {
        var quota = Manifests.Named("small");
        quota["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = "1" } };
        _store.Create(ClusterKinds.ResourceQuotas, quota);
        _store.Create(ClusterKinds.Pods, Manifests.Pod("a"));

        var failure = Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.Pods, Manifests.Pod("b")));

        Assert.Equal("pods \"b\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1", failure.Message);
        Assert.Equal("1", _store.Get(new ObjectKey(ClusterKinds.ResourceQuotas, "default", "small")).Text("status", "used", "pods"));
    }

    [Fact]
    public void Create_PodWithoutRequests_GetsTheNamespacesDefaults()
    {
        var limits = Manifests.Named("limits");
        limits["spec"] = Manifests.Parse("""{"limits":[{"type":"Container","default":{"memory":"1Gi"},"defaultRequest":{"memory":"64Mi"}}]}""");
        _store.Create(ClusterKinds.LimitRanges, limits);

        var pod = _store.Create(ClusterKinds.Pods, Manifests.Pod("a"));

        Assert.Equal("64Mi", pod.Objects("spec", "containers").Single().Text("resources", "requests", "memory"));
    }

    [Fact]
    public void Create_LoosePodInRestrictedNamespace_IsForbidden()
    {
        _store.Create(ClusterKinds.Namespaces, Manifests.Parse("""{"metadata":{"name":"tight","labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}"""));

        var failure = Assert.Throws<StatusException>(() => _store.Create(ClusterKinds.Pods, Manifests.Pod("a", null, "tight")));

        Assert.Contains("violates PodSecurity \"restricted:latest\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_ManyChanges_AreToldInOrderWithTheExistingFirst()
    {
        _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("old"));
        var seen = Channel.CreateUnbounded<ObjectChange>();
        using var subscription = _store.Subscribe(ClusterKinds.ConfigMaps, change => seen.Writer.TryWrite(change), withExisting: true);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named($"new-{number}")))));

        List<ObjectChange> changes = [];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (changes.Count < 51)
        {
            changes.Add(await seen.Reader.ReadAsync(limit.Token));
        }

        Assert.Equal("old", changes[0].Key.Name);
        Assert.Equal(changes.OrderBy(change => change.Revision), changes);
    }

    [Fact]
    public void Follow_RevisionOlderThanTheHistory_IsGone()
    {
        var old = _store.State.Revision;
        Enumerable.Range(0, 20).ToList().ForEach(number => _store.Create(ClusterKinds.ConfigMaps, Manifests.Named($"a-{number}")));

        Assert.Equal(410, Assert.Throws<StatusException>(() => _store.Follow(ClusterKinds.ConfigMaps, old)).Status);
    }

    private void Owned()
    {
        var owner = _store.Create(ClusterKinds.ConfigMaps, Manifests.Named("owner"));
        var owned = Manifests.Named("owned");
        owned["metadata"]!["ownerReferences"] = OwnerOf(owner);
        _store.Create(ClusterKinds.ConfigMaps, owned);
    }

    private static JsonArray OwnerOf(JsonObject owner) => [new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["name"] = owner.Name, ["uid"] = owner.Uid }];

    private static JsonObject With(JsonObject subject, string part, string field, JsonNode value)
    {
        subject[part]![field] = value;
        return subject;
    }
}
