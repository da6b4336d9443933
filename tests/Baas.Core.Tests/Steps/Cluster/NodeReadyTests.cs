using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Cluster;

public sealed class NodeReadyTests
{
    private readonly StepFixture _fixture = new();
    private readonly FixedClock _clock = new();

    [Fact]
    public async Task NodeReady_Absent_DoesNotHold() => Assert.False((await LookAsync()).Holds);

    [Fact]
    public async Task NodeReady_Young_TakesOneRequest()
    {
        await ApplyAsync();
        var before = _fixture.Kubernetes.Requests.Count;

        var seen = await LookAsync();

        Assert.False(seen.Holds);
        Assert.Equal(before + 1, _fixture.Kubernetes.Requests.Count);
    }

    [Fact]
    public async Task NodeReady_ReadyReplica_Holds()
    {
        await ApplyAsync();
        _fixture.Kubernetes.Change(Peer.StatefulSet, set => set["status"] = JsonNode.Parse("""{ "observedGeneration": 1, "readyReplicas": 1 }"""));

        Assert.True((await LookAsync()).Holds);
    }

    [Fact]
    public async Task NodeReady_PodInTrouble_NamesIt()
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(1);
        _fixture.Kubernetes.Put(new ResourceReference(ResourceKind.Pod, Peer.Namespace, "peer-1-0"), JsonNode.Parse("""
            {
              "metadata": { "labels": { "baas.dev/node": "peer-1" } },
              "status": { "containerStatuses": [{ "state": { "waiting": { "reason": "ErrImagePull", "message": "not found" } } }] }
            }
            """)!.AsObject());

        Assert.Contains("ErrImagePull: not found", (await LookAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeReady_ImageRefused_FailsAtOnce()
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(1);
        _fixture.Kubernetes.Put(new ResourceReference(ResourceKind.Pod, Peer.Namespace, "peer-1-0"), JsonNode.Parse("""
            {
              "metadata": { "labels": { "baas.dev/node": "peer-1" } },
              "status": { "containerStatuses": [{ "state": { "waiting": { "reason": "ErrImageNeverPull", "message": "no program stands for it" } } }] }
            }
            """)!.AsObject());

        var failure = await Assert.ThrowsAsync<KubernetesException>(LookAsync);

        Assert.Equal("image-refused", failure.Code);
        Assert.False(failure.IsTransient);
        Assert.Contains("no program stands for it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeReady_DatabaseRefused_FailsAtOnce()
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(1);
        _fixture.Kubernetes.Put(new ResourceReference(ResourceKind.Pod, Peer.Namespace, "peer-1-couchdb-0"), JsonNode.Parse("""
            {
              "metadata": { "labels": { "baas.dev/node": "peer-1-couchdb" } },
              "status": { "containerStatuses": [{ "state": { "waiting": { "reason": "ErrImageNeverPull", "message": "no CouchDB" } } }] }
            }
            """)!.AsObject());

        Assert.Equal("image-refused", (await Assert.ThrowsAsync<KubernetesException>(LookAsync)).Code);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task NodeReady_ProgramEndsAgainAndAgain_FailsAndQuotesIt(int restarts, bool isHopeless)
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(1);
        PutPod("peer", $$"""
            {
              "restartCount": {{restarts}},
              "state": { "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 40s" } },
              "lastState": { "terminated": { "exitCode": 1, "reason": "Error", "message": "bind: address already in use" } }
            }
            """);

        if (!isHopeless)
        {
            Assert.False((await LookAsync()).Holds);
            return;
        }

        var failure = await Assert.ThrowsAsync<KubernetesException>(LookAsync);

        Assert.Equal("node-crashes", failure.Code);
        Assert.False(failure.IsTransient);
        Assert.Contains("bind: address already in use", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chaincode", 1, false)]
    [InlineData("chaincode", 3, true)]
    [InlineData("peer", 30, false)]
    public async Task NodeReady_RunsAndDoesNotListen_FailsForChaincodesAlone(string role, int minutes, bool isHopeless)
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(minutes);
        PutPod(role, """{ "ready": false, "restartCount": 0, "state": { "running": { "startedAt": "2030-01-01T00:00:01Z" } } }""");

        if (isHopeless)
        {
            Assert.Equal("chaincode-not-listening", (await Assert.ThrowsAsync<KubernetesException>(LookAsync)).Code);
        }
        else
        {
            Assert.False((await LookAsync()).Holds);
        }
    }

    [Fact]
    public async Task NodeReady_NoPod_QuotesTheEvent()
    {
        await ApplyAsync();
        _clock.Now += TimeSpan.FromMinutes(1);
        _fixture.Kubernetes.Put(new ResourceReference(ResourceKind.Event, Peer.Namespace, "e"), JsonNode.Parse("""
            { "involvedObject": { "name": "peer-1" }, "type": "Warning", "reason": "FailedCreate", "message": "exceeded quota: baas" }
            """)!.AsObject());

        Assert.Contains("exceeded quota", (await LookAsync()).Detail, StringComparison.Ordinal);
    }

    private void PutPod(string role, string container) => _fixture.Kubernetes.Put(new ResourceReference(ResourceKind.Pod, Peer.Namespace, "peer-1-0"), JsonNode.Parse($$"""
        {
          "metadata": { "labels": { "baas.dev/node": "peer-1", "baas.dev/role": "{{role}}" } },
          "status": { "containerStatuses": [{{container}}] }
        }
        """)!.AsObject());

    private Task<Observation> LookAsync() =>
        new NodeReady(_fixture.Kubernetes.Clusters(), _clock).ApplyAsync(new NodeReady.Input(Network, Peer.Node, null), CancellationToken.None);

    private async Task ApplyAsync()
    {
        await _fixture.IssueAsync(Peer);
        await new ApplyPeer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Secrets, _fixture.Stores.Artifacts)
            .ApplyAsync(StepFixture.PeerInput(StateDatabase.LevelDb), CancellationToken.None);
    }

    // The fake cluster makes everything at the first moment of 2030.
    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 1, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
