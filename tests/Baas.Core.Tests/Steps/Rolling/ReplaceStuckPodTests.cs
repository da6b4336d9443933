using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Steps.Rolling;
using Baas.Core.Tests.Steps.Cluster;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Rolling;

public sealed class ReplaceStuckPodTests
{
    private static readonly ReplaceStuckPod.Input OfPeer = new(Network, Peer.Node, null);
    private static readonly ResourceReference Pod = new(ResourceKind.Pod, Peer.Namespace, "peer-1-0");

    private readonly StepFixture _fixture = new();

    [Theory]
    [InlineData("broken", false, false)] // never ready, and not what is wanted: nobody else replaces it
    [InlineData("broken", true, true)] // the cluster replaces it
    [InlineData("wanted", false, true)] // it is starting
    [InlineData("wanted", true, true)]
    public async Task ApplyAsync_APodThatIsNeitherReadyNorWanted_IsDeleted(string revision, bool isReady, bool stays)
    {
        Put(revision, isReady, observed: 2);

        Assert.True((await Step().ApplyAsync(OfPeer, default)).Holds);
        Assert.True((await Step().ApplyAsync(OfPeer, default)).Holds); // twice is once

        Assert.Equal(stays, await _fixture.Kubernetes.GetAsync(Pod, default) is not null);
    }

    [Fact]
    public async Task ApplyAsync_TheClusterHasNotSeenTheChange_WaitsAndTouchesNothing()
    {
        Put("broken", isReady: false, observed: 1);

        Assert.False((await Step().ApplyAsync(OfPeer, default)).Holds);

        Assert.NotNull(await _fixture.Kubernetes.GetAsync(Pod, default));
    }

    [Fact]
    public async Task ApplyAsync_NoStatefulSet_DoesNotHold() => Assert.False((await Step().ApplyAsync(OfPeer, default)).Holds);

    private ReplaceStuckPod Step() => new(_fixture.Kubernetes.Clusters());

    private void Put(string revision, bool isReady, int observed)
    {
        _fixture.Kubernetes.Put(Peer.StatefulSet, new JsonObject
        {
            ["metadata"] = new JsonObject { ["generation"] = 2 },
            ["status"] = new JsonObject { ["observedGeneration"] = observed, ["updateRevision"] = "wanted" },
        });
        _fixture.Kubernetes.Put(Pod, new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Labels.Node] = "peer-1", ["controller-revision-hash"] = revision } },
            ["status"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = isReady ? "True" : "False" }) },
        });
    }
}
