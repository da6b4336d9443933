using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Health;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Renewals;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Renewals;

public sealed class RenewCertificatesTests
{
    private static readonly NetworkSpec Spec = TestInputs.TwoOrganizations;

    private static readonly IReadOnlyList<RenewedNode> Nodes =
    [
        .. Spec.Ordering.Orderers().Select(node => new RenewedNode(node, NodeRole.Orderer, "former", KeepsSigning: false, HasExpired: false)),
        .. Spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => new RenewedNode(node, NodeRole.Peer, "former", KeepsSigning: false, HasExpired: false)),
        .. Servers().Select(node => new RenewedNode(node, NodeRole.Chaincode, "former", KeepsSigning: false, HasExpired: false)),
    ];

    private static readonly RenewCertificates.Input Input = new(
        new NetworkReference(TenantName.Parse("acme"), Spec.Name),
        OperationId.Parse("op-test"),
        Spec,
        Nodes,
        [new RenewedUser(Spec.Organizations[0].Name, "admin", "former"), new RenewedUser(Spec.Organizations[0].Name, "client", "former")],
        TimeSpan.FromMinutes(1));

    /// <summary>Every step but the last, which writes the outcome down.</summary>
    public static TheoryData<int> EveryStep => [.. Enumerable.Range(0, Count() - 1)];

    [Fact]
    public async Task RunAsync_NothingFails_IssuesEverythingFirstAndRestartsEachNodeOnceOrderersFirst()
    {
        var engine = Engine();

        var result = await new RenewCertificates().RunAsync(engine, Input);

        Assert.Equal((Nodes.Count, 2), (result.Nodes, result.Users));
        var steps = engine.Started.Select(call => call.Step).ToList();
        Assert.True(steps.LastIndexOf(nameof(RenewUser)) < steps.IndexOf(nameof(PrepareRenewal)));
        Assert.True(steps.LastIndexOf(nameof(PrepareRenewal)) < steps.IndexOf(nameof(UseIdentity)));
        var touched = engine.Started.Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer) or nameof(ReapplyObjects)).ToList();
        Assert.Equal(
            [.. Enumerable.Repeat(nameof(ApplyOrderer), 3), .. Enumerable.Repeat(nameof(ApplyPeer), 4), .. Enumerable.Repeat(nameof(ReapplyObjects), Servers().Count)],
            touched.Select(call => call.Step));
        Assert.Equal(Nodes.Count, touched.Select(call => call.Subject).Distinct().Count());
        Assert.Equal(7, engine.Started.Count(call => call.Step == nameof(CertificateShown)));
        Assert.Equal(nameof(RecordOutcome), steps[^1]);
        Assert.Equal(Nodes.Select(node => node.Node.ToString()), engine.Undone.Where(call => call.Step == nameof(PrepareRenewal)).Select(call => call.Subject)); // what was kept is forgotten
        Assert.Equal(Nodes.Count, engine.Undone.Count);
    }

    [Fact]
    public async Task RunAsync_EachNode_IsTouchedOnlyAfterAllOthersOfItsGroupWereSeenReady()
    {
        var engine = Engine();

        await new RenewCertificates().RunAsync(engine, Input);

        var calls = engine.Started.ToList();
        foreach (var (index, orderer) in calls.Index().Where(one => one.Item.Step == nameof(ApplyOrderer)))
        {
            var since = calls.Take(index).ToList().FindLastIndex(call => call.Step == nameof(ApplyOrderer)) + 1;
            var others = Spec.Ordering.Orderers().Select(node => node.ToString()).Where(node => node != orderer.Subject).ToHashSet();
            Assert.Superset(others, calls[since..index].Where(call => call.Step == nameof(NodeReady)).Select(call => call.Subject).ToHashSet());
            Assert.All(others, other => Assert.Contains(calls[since..index], call => call.Step == nameof(OrdererActive) && call.Subject.StartsWith(other, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_AStepFails_TakesBackAtMostTheNodeThatItIsAtAndForgetsWhatWasKept(int failing)
    {
        var engine = Engine(failAt: failing);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RenewCertificates().RunAsync(engine, Input));

        Assert.Equal("fake-failed", failure.Code);
        Assert.Empty(failure.Leftovers);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        var at = engine.Started[failing].Phase;
        var isAtANode = Nodes.Any(node => node.Node.ToString() == at);
        var after = engine.Started.Skip(failing + 1).ToList();
        Assert.Equal(isAtANode ? [at] : [], after.Where(call => call.Step == nameof(UseIdentity)).Select(call => call.Subject));
        Assert.Equal(isAtANode ? [at] : [], after.Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer) or nameof(ReapplyObjects)).Select(call => call.Subject));
        Assert.All(engine.Undone, call => Assert.Equal(nameof(PrepareRenewal), call.Step)); // no node is removed
        Assert.Equal(Nodes.Count, engine.Undone.Count);
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_CanceledAnywhere_EndsLeavesTheNetworkReadyAndForgetsWhatWasKept(int at)
    {
        var engine = Engine(cancelAt: at);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RenewCertificates().RunAsync(engine, Input));

        Assert.Equal(StepFailedException.Canceled, failure.Code);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        Assert.Equal(Nodes.Count, engine.Undone.Count);
    }

    [Fact]
    public async Task RunAsync_WhatWasKeptCannotBeForgotten_IsTold()
    {
        var engine = Engine(failAt: 3, failUndoOf: nameof(PrepareRenewal));

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RenewCertificates().RunAsync(engine, Input));

        Assert.Equal(Nodes.Select(node => node.Node.ToString()), failure.Leftovers.Select(leftover => leftover.Subject));
    }

    [Fact]
    public async Task RunAsync_RenewedSinceItWasLookedAt_IsLeftAlone()
    {
        var engine = Engine();
        engine.Answers[nameof(PrepareRenewal)] = input => new PrepareRenewal.Output(((PrepareRenewal.Input)input).Node == Nodes[0].Node ? null : "07");

        await new RenewCertificates().RunAsync(engine, Input);

        Assert.DoesNotContain(engine.Started, call => call.Step is nameof(UseIdentity) or nameof(ApplyOrderer) && call.Subject == Nodes[0].Node.ToString());
        Assert.Equal(2, engine.Started.Count(call => call.Step == nameof(ApplyOrderer)));
    }

    [Fact]
    public async Task RunAsync_OrderersHaveExpired_AreRestartedWithoutAskingOneAnotherAndAskedAtTheEnd()
    {
        var engine = Engine();
        IReadOnlyList<RenewedNode> expired = [.. Nodes.Select((node, index) => node with { HasExpired = index < 2 })];

        await new RenewCertificates().RunAsync(engine, Input with { Nodes = expired });

        var calls = engine.Started.ToList();
        var second = calls.FindIndex(call => call.Step == nameof(CertificateShown) && call.Subject == expired[1].Node.ToString());
        Assert.DoesNotContain(calls.Take(second), call => call.Step is nameof(OrdererActive) or nameof(ReadLedgers));
        Assert.Equal(3, calls.Skip(second).TakeWhile(call => call.Step != nameof(ApplyOrderer)).Where(call => call.Step == nameof(OrdererActive)).Select(call => call.Subject).Distinct().Count());
        Assert.Equal(3, calls.Count(call => call.Step == nameof(ApplyOrderer)));
    }

    [Fact]
    public async Task RunAsync_ANodeThatHadExpiredDoesNotComeBack_KeepsTheNewCertificates()
    {
        var engine = Engine();
        engine.Answers[nameof(CertificateShown)] = _ => new Observation(false, "it shows another one");
        IReadOnlyList<RenewedNode> expired = [.. Nodes.Select(node => node with { HasExpired = true })];

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RenewCertificates().RunAsync(engine, Input with { Nodes = expired }));

        Assert.Equal(StepFailedException.DeadlinePassed, failure.Code);
        Assert.Single(engine.Started, call => call.Step == nameof(UseIdentity));
    }

    private static List<NodeReference> Servers() =>
        [.. NetworkPlan.Between(null, Spec).Phases.SelectMany(phase => phase.Changes).OfType<AddChaincode>().SelectMany(change =>
            change.Members.Select(member => NodeReference.Chaincode(member.Name, change.Chaincode.Channel, change.Chaincode.Name)))];

    private static int Count()
    {
        var engine = Engine();
        var run = new RenewCertificates().RunAsync(engine, Input);
        return run.IsCompletedSuccessfully ? engine.Started.Count : throw run.Exception!;
    }

    private static FakeEngine Engine(int? failAt = null, int? cancelAt = null, string? failUndoOf = null)
    {
        FakeEngine engine = new() { FailAt = failAt, CancelAt = cancelAt, FailUndoOf = failUndoOf };
        engine.Answers[nameof(ReadEndpoints)] = _ => new ReadEndpoints.Output(
        [
            .. Spec.Ordering.Orderers().Select(node => new NodeEndpoint(node, NodeRole.Orderer, "10.0.0.1", 7050, 9443, null)),
            .. Spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => new NodeEndpoint(node, NodeRole.Peer, "10.0.0.2", 7051, null, null)),
        ]);
        return engine;
    }
}
