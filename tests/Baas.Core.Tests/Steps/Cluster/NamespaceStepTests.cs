using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Steps.Cluster;
using Baas.Testing.Kubernetes;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Cluster;

public sealed class NamespaceStepTests
{
    private static readonly CreateNamespace.Input Input = new(Network, Org1, null, 3, IsOrdering: false);
    private static readonly ResourceReference Reference = NamespaceManifests.Reference(Network, Org1);
    private readonly FakeKubernetes _kubernetes = new();

    [Fact]
    public async Task ApplyAsync_Twice_EqualsOnce()
    {
        var step = new CreateNamespace(_kubernetes.Clusters());
        await step.ApplyAsync(Input, CancellationToken.None);
        var once = _kubernetes.Objects;

        await step.ApplyAsync(Input, CancellationToken.None);

        Assert.Equal(once, _kubernetes.Objects);
        Assert.Contains("Namespace acme-trade-org1", once);
        Assert.Contains("NetworkPolicy acme-trade-org1/default-deny", once);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ApplyAsync_New_TakesSevenRequests(bool isOrdering)
    {
        await new CreateNamespace(_kubernetes.Clusters()).ApplyAsync(Input with { IsOrdering = isOrdering }, CancellationToken.None);

        Assert.Equal(7, _kubernetes.Requests.Count);
    }

    [Theory]
    [InlineData("""{ "metadata": {} }""")]
    [InlineData("""{ "metadata": { "labels": { "app.kubernetes.io/managed-by": "baas", "baas.dev/tenant": "other", "baas.dev/network": "trade", "baas.dev/organization": "org1" } } }""")]
    public async Task ApplyAsync_SomebodyElsesNamespace_IsRefusedAndLeftAlone(string there)
    {
        _kubernetes.Put(Reference, JsonNode.Parse(there)!.AsObject());
        var before = _kubernetes.Stored(Reference);
        var step = new CreateNamespace(_kubernetes.Clusters());

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => step.ApplyAsync(Input, CancellationToken.None));
        await step.UndoAsync(Input, CancellationToken.None);

        Assert.Equal(("namespace-foreign", false), (failure.Code, failure.IsTransient));
        Assert.True(JsonNode.DeepEquals(before, _kubernetes.Stored(Reference)));
    }

    [Fact]
    public async Task ApplyAsync_NamespaceStillEnding_MaySucceedLater()
    {
        var step = new CreateNamespace(_kubernetes.Clusters());
        await step.ApplyAsync(Input, CancellationToken.None);
        _kubernetes.DeletesSlowly = true;
        await step.UndoAsync(Input, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => step.ApplyAsync(Input, CancellationToken.None));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task ApplyAsync_PullSecretOfTheSettings_IsMade()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"auths":{}}""");
        var options = new ClusterOptions { ImagePullSecret = "registry", ImagePullDockerConfig = file };

        await new CreateNamespace(_kubernetes.Clusters(options)).ApplyAsync(Input, CancellationToken.None);
        File.Delete(file);
        var failure = await Assert.ThrowsAsync<KubernetesException>(() => new CreateNamespace(_kubernetes.Clusters(options)).ApplyAsync(Input, CancellationToken.None));

        Assert.Contains("Secret acme-trade-org1/registry", _kubernetes.Objects);
        Assert.Equal("pull-secret-unreadable", failure.Code);
    }

    [Fact]
    public async Task UndoAsync_HalfMadeOrAbsent_LeavesNothing()
    {
        var step = new CreateNamespace(_kubernetes.Clusters());
        _kubernetes.Fail = (verb, resource) => verb == "apply" && resource.Kind == ResourceKind.ResourceQuota ? new KubernetesException("cluster-refused", "no") : null;
        await Assert.ThrowsAsync<KubernetesException>(() => step.ApplyAsync(Input, CancellationToken.None));

        await step.UndoAsync(Input, CancellationToken.None);
        await step.UndoAsync(Input, CancellationToken.None);

        Assert.Empty(_kubernetes.Objects);
    }

    [Fact]
    public async Task NamespaceGone_EndsSlowly_HoldsWhenItHasGone()
    {
        var step = new CreateNamespace(_kubernetes.Clusters());
        var gone = new NamespaceGone(_kubernetes.Clusters());
        await step.ApplyAsync(Input, CancellationToken.None);
        _kubernetes.DeletesSlowly = true;
        await step.UndoAsync(Input, CancellationToken.None);
        _kubernetes.Change(Reference, there => there["status"] = JsonNode.Parse("""{ "phase": "Terminating", "conditions": [{ "status": "True", "message": "a finalizer remains" }] }"""));

        var before = await gone.ApplyAsync(new NamespaceGone.Input(Network, Org1, null), CancellationToken.None);
        _kubernetes.DeletesSlowly = false;
        await step.UndoAsync(Input, CancellationToken.None);
        var after = await gone.ApplyAsync(new NamespaceGone.Input(Network, Org1, null), CancellationToken.None);

        Assert.False(before.Holds);
        Assert.Contains("a finalizer remains", before.Detail, StringComparison.Ordinal);
        Assert.True(after.Holds);
    }
}
