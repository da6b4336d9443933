using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Storage;
using static Baas.Core.Tests.Kubernetes.TestPlaces;

namespace Baas.Core.Tests.Steps.Cluster;

public sealed class NodeStepTests
{
    private readonly StepFixture _fixture = new();

    [Fact]
    public async Task ApplyOrderer_Twice_EqualsOnceAndUndoLeavesNothing()
    {
        await _fixture.IssueAsync(Orderer);
        var step = new ApplyOrderer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Artifacts);
        await TwiceThenUndoAsync(
            () => step.ApplyAsync(StepFixture.OrdererInput, CancellationToken.None),
            () => step.UndoAsync(StepFixture.OrdererInput, CancellationToken.None),
            "PersistentVolumeClaim acme-trade-orderer/data-orderer-1-0",
            "Secret acme-trade-orderer/orderer-1",
            "StatefulSet acme-trade-orderer/orderer-1");
    }

    [Fact]
    public async Task ApplyPeer_WithLevelDb_TwiceEqualsOnceAndUndoLeavesNothing()
    {
        await _fixture.IssueAsync(Peer);
        var step = PeerStep();
        await TwiceThenUndoAsync(
            () => step.ApplyAsync(StepFixture.PeerInput(StateDatabase.LevelDb), CancellationToken.None),
            () => step.UndoAsync(StepFixture.PeerInput(StateDatabase.LevelDb), CancellationToken.None),
            "PersistentVolumeClaim acme-trade-org1/data-peer-1-0",
            "Secret acme-trade-org1/peer-1",
            "StatefulSet acme-trade-org1/peer-1");
    }

    [Fact]
    public async Task ApplyPeer_WithCouchDb_TwiceEqualsOnceAndUndoLeavesNothing()
    {
        await _fixture.IssueAsync(Peer);
        var step = PeerStep();
        await TwiceThenUndoAsync(
            () => step.ApplyAsync(StepFixture.PeerInput(StateDatabase.CouchDb), CancellationToken.None),
            () => step.UndoAsync(StepFixture.PeerInput(StateDatabase.CouchDb), CancellationToken.None),
            "PersistentVolumeClaim acme-trade-org1/data-peer-1-0",
            "PersistentVolumeClaim acme-trade-org1/data-peer-1-couchdb-0",
            "Secret acme-trade-org1/peer-1",
            "Secret acme-trade-org1/peer-1-couchdb",
            "Service acme-trade-org1/peer-1-couchdb",
            "StatefulSet acme-trade-org1/peer-1",
            "StatefulSet acme-trade-org1/peer-1-couchdb");
        Assert.Null(await _fixture.Stores.Secrets.GetAsync(ArtifactNames.Secrets(Network), ArtifactNames.DatabasePassword(Peer.Node), CancellationToken.None));
    }

    [Fact]
    public async Task ApplyChaincodeServer_Twice_EqualsOnceAndUndoLeavesNothing()
    {
        await _fixture.IssueAsync(Chaincode);
        var step = new ApplyChaincodeServer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities);
        await TwiceThenUndoAsync(
            () => step.ApplyAsync(StepFixture.ChaincodeInput, CancellationToken.None),
            () => step.UndoAsync(StepFixture.ChaincodeInput, CancellationToken.None),
            $"Secret acme-trade-org1/{Chaincode.Name}",
            $"StatefulSet acme-trade-org1/{Chaincode.Name}");
    }

    [Theory]
    [InlineData("Secret")]
    [InlineData("StatefulSet")]
    [InlineData("Service")]
    public async Task ApplyPeer_FailsHalfWay_IsUndoneWhole(string kind)
    {
        await _fixture.IssueAsync(Peer);
        var step = PeerStep();
        var input = StepFixture.PeerInput(StateDatabase.CouchDb);
        _fixture.Kubernetes.Fail = (verb, resource) => verb == "apply" && resource.Kind.Kind == kind ? new KubernetesException("cluster-refused", "no") : null;
        await Assert.ThrowsAsync<KubernetesException>(() => step.ApplyAsync(input, CancellationToken.None));

        await step.UndoAsync(input, CancellationToken.None);

        Assert.Equal(["Namespace acme-trade-org1"], _fixture.Kubernetes.Objects);
    }

    [Fact]
    public async Task ApplyPeer_CouchDbPassword_StaysTheSame()
    {
        await _fixture.IssueAsync(Peer);
        var step = PeerStep();
        await step.ApplyAsync(StepFixture.PeerInput(StateDatabase.CouchDb), CancellationToken.None);
        var first = _fixture.Kubernetes.Stored(Peer.Database.Secret).Text("data", "password");

        await step.ApplyAsync(StepFixture.PeerInput(StateDatabase.CouchDb), CancellationToken.None);

        Assert.Equal(first, _fixture.Kubernetes.Stored(Peer.Database.Secret).Text("data", "password"));
        Assert.NotEmpty(first);
    }

    [Fact]
    public async Task ApplyOrderer_FormerOneStillEnding_MaySucceedLater()
    {
        await _fixture.IssueAsync(Orderer);
        var step = new ApplyOrderer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Artifacts);
        await step.ApplyAsync(StepFixture.OrdererInput, CancellationToken.None);
        _fixture.Kubernetes.DeletesSlowly = true;
        await step.UndoAsync(StepFixture.OrdererInput, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => step.ApplyAsync(StepFixture.OrdererInput, CancellationToken.None));

        Assert.Equal(("object-terminating", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task ApplyOrderer_NoIdentity_IsRefused()
    {
        var step = new ApplyOrderer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Artifacts);

        var failure = await Assert.ThrowsAsync<StorageException>(() => step.ApplyAsync(StepFixture.OrdererInput, CancellationToken.None));

        Assert.Equal("identity-missing", failure.Code);
        Assert.Empty(_fixture.Kubernetes.Objects);
    }

    [Fact]
    public async Task ApplyOrderer_Identity_IsLaidOutAsFabricReadsIt()
    {
        await _fixture.IssueAsync(Orderer);

        await new ApplyOrderer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Artifacts).ApplyAsync(StepFixture.OrdererInput, CancellationToken.None);

        var volume = _fixture.Kubernetes.Stored(Orderer.StatefulSet)["spec"].Objects("template", "spec", "volumes").First();
        var secret = _fixture.Kubernetes.Stored(Orderer.Secret);
        var files = volume.Objects("secret", "items").ToDictionary(item => item.Text("path"), item => Decode(secret.Text("data", item.Text("key"))));
        Assert.Equal(("certificate", "key", "ca"), (files["msp/signcerts/cert.pem"], files["msp/keystore/priv_sk"], files["msp/cacerts/ca-1.pem"]));
        Assert.Equal(("tls certificate", "tls key", "tlsca"), (files["tls/server.crt"], files["tls/server.key"], files["tls/ca.crt"]));
        Assert.Contains("cacerts/ca-1.pem", files["msp/config.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyOrderer_Node_TakesTwoRequests()
    {
        await _fixture.IssueAsync(Orderer);

        await new ApplyOrderer(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Artifacts).ApplyAsync(StepFixture.OrdererInput, CancellationToken.None);

        Assert.Equal(["apply Secret acme-trade-orderer/orderer-1", "apply StatefulSet acme-trade-orderer/orderer-1"], _fixture.Kubernetes.Requests);
    }

    private static string Decode(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private ApplyPeer PeerStep() => new(_fixture.Kubernetes.Clusters(), _fixture.Stores.Identities, _fixture.Stores.Secrets, _fixture.Stores.Artifacts);

    private async Task TwiceThenUndoAsync(Func<Task> apply, Func<Task> undo, params string[] expected)
    {
        var before = _fixture.Kubernetes.Objects;
        await undo(); // of what was never made
        Assert.Equal(before, _fixture.Kubernetes.Objects);

        await apply();
        await apply();
        Assert.Equal(expected, _fixture.Kubernetes.Objects.Except(before));

        await undo();
        Assert.Equal(before, _fixture.Kubernetes.Objects);
    }
}
