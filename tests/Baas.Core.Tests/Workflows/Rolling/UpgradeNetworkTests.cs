using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Records;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Rolling;

public sealed class UpgradeNetworkTests
{
    private static readonly NetworkSpec Spec = TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse("3.1.1") };

    private static readonly UpgradeNetwork.Input Input = new(
        new NetworkReference(TenantName.Parse("acme"), Spec.Name), OperationId.Parse("op-test"), Spec, FabricVersion.Parse("3.1.5"), TimeSpan.FromMinutes(1));

    // From the former line, with the capabilities of its one channel raised.
    private static readonly UpgradeNetwork.Input Raising = Input with
    {
        Spec = Spec with { FabricVersion = FabricVersion.Parse("2.5.16") },
        Capabilities = [Spec.Channels[0].Name],
    };

    private static readonly string[] Nodes = [.. Spec.Ordering.Orderers().Concat(Spec.Organizations.SelectMany(organization => organization.PeerNodes())).Select(node => node.ToString())];

    /// <summary>Every step but the last, which writes the outcome down.</summary>
    public static TheoryData<int> EveryStep => [.. Enumerable.Range(0, Count() - 1)];

    /// <summary>The same where capabilities are raised.</summary>
    public static TheoryData<int> EveryStepWithCapabilities => [.. Enumerable.Range(0, Count(Raising) - 1)];

    [Fact]
    public async Task RunAsync_NothingFails_ReplacesEachNodeOnceOrderersFirstAndWritesTheVersionDown()
    {
        var engine = Engine();

        var result = await new UpgradeNetwork().RunAsync(engine, Input);

        Assert.Equal(7, result.Nodes);
        var applied = engine.Started.Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer)).ToList();
        Assert.Equal(7, applied.Select(call => call.Subject).Distinct().Count());
        Assert.Equal([.. Enumerable.Repeat(nameof(ApplyOrderer), 3), .. Enumerable.Repeat(nameof(ApplyPeer), 4)], applied.Select(call => call.Step));
        var steps = engine.Started.Select(call => call.Step).ToList();
        Assert.True(steps.LastIndexOf(nameof(ApplyPeer)) < steps.IndexOf(nameof(RecordUpgrade)));
        Assert.Equal(nameof(RecordOutcome), steps[^1]);
    }

    [Fact]
    public async Task RunAsync_EachNode_IsTouchedOnlyAfterAllOthersOfItsGroupWereSeenReady()
    {
        var engine = Engine();

        await new UpgradeNetwork().RunAsync(engine, Input);

        var calls = engine.Started.ToList();
        for (var index = 0; index < calls.Count; index++)
        {
            if (calls[index].Step is nameof(ApplyOrderer))
            {
                var since = calls.Take(index).ToList().FindLastIndex(call => call.Step is nameof(ApplyOrderer)) + 1;
                var seen = calls[since..index].Where(call => call.Step == nameof(NodeReady)).Select(call => call.Subject).ToHashSet();
                Assert.Superset(Spec.Ordering.Orderers().Select(node => node.ToString()).Where(node => node != calls[index].Subject).ToHashSet(), seen);
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_AStepFails_TakesBackAtMostTheNodeThatItIsAt(int failing)
    {
        var engine = Engine(failAt: failing);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new UpgradeNetwork().RunAsync(engine, Input));

        Assert.Equal("fake-failed", failure.Code);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        Assert.All(engine.Undone, call => Assert.Equal(nameof(SubmitProof), call.Step)); // no node is removed
        var at = engine.Started[failing].Phase;
        var again = engine.Started.Skip(failing + 1).Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer)).Select(call => call.Subject);
        Assert.Equal(Nodes.Contains(at) ? [at] : [], again);
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_CanceledAnywhere_EndsAndLeavesTheNetworkReady(int at)
    {
        var engine = Engine(cancelAt: at);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new UpgradeNetwork().RunAsync(engine, Input));

        Assert.Equal(StepFailedException.Canceled, failure.Code);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }

    [Fact]
    public async Task RunAsync_TheNewVersionDoesNotAnswer_NamesTheVersionThatDoes()
    {
        var engine = Engine();
        engine.Answers[nameof(NodeRunsVersion)] = input => ((NodeRunsVersion.Input)input).Version == Input.Version
            ? new Observation(false, "it says that it is of version 3.1.1")
            : new Observation(true, "");

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new UpgradeNetwork().RunAsync(engine, Input));

        Assert.Equal(StepFailedException.DeadlinePassed, failure.Code);
        Assert.Contains("3.1.1", failure.Message, StringComparison.Ordinal);
        Assert.Empty(failure.Leftovers);
        Assert.Equal(2, engine.Started.Count(call => call.Step == nameof(ApplyOrderer))); // the new version, and the former again
        Assert.Equal(2, engine.Started.Count(call => call.Step == nameof(RecordNodeVersion)));
    }

    [Fact]
    public async Task RunAsync_CapabilitiesAreAskedFor_RaisesThemWhenAllNodesRunTheVersionAndHaveProvenIt()
    {
        var engine = Engine();

        await new UpgradeNetwork().RunAsync(engine, Raising);

        var calls = engine.Started.ToList();
        var at = calls.FindIndex(call => call.Step == nameof(RaiseCapabilities));
        Assert.True(calls.FindIndex(call => call.Step == nameof(RecordUpgrade)) < at);
        Assert.DoesNotContain(calls[at..], call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer));
        Assert.Equal(7, calls[at..].Count(call => call.Step == nameof(LedgersReach)));
        Assert.True(calls.FindIndex(call => call.Step == nameof(RecordCapabilities)) > calls.FindLastIndex(call => call.Step == nameof(LedgersReach)));
        Assert.Equal(2, calls.Count(call => call.Step == nameof(SubmitProof))); // before and after
    }

    [Theory]
    [MemberData(nameof(EveryStepWithCapabilities))]
    public async Task RunAsync_AStepFails_SaysWhichVersionEachNodeRuns(int failing)
    {
        var engine = Engine(failAt: failing);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new UpgradeNetwork().RunAsync(engine, Raising));

        var told = failure.Message;
        var rolled = engine.Started.Take(failing + 1).Any(call => call.Step == nameof(RecordUpgrade));
        Assert.Equal(failing < 2, !told.Contains("Fabric", StringComparison.Ordinal)); // before it knows the nodes and what they run
        Assert.Equal(rolled, told.Contains("all nodes run Fabric 3.1.5", StringComparison.Ordinal));
        var at = engine.Started[failing].Phase;
        if (!rolled && Nodes.Contains(at))
        {
            var done = engine.Started.Take(failing).Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer) && call.Subject != at).Select(call => call.Subject).ToList();
            Assert.Equal(done.Count > 0, told.Contains("Fabric 3.1.5 runs on", StringComparison.Ordinal));
            Assert.Equal(done, told.Split("Fabric 3.1.5 runs on ").ElementAtOrDefault(1)?.Split(';')[0].Split(", ") ?? []);
            Assert.Contains(at, (told.Split("Fabric 2.5.16 runs on ").ElementAtOrDefault(1) ?? string.Join(", ", Nodes)).Split(", "));
        }
    }

    [Fact]
    public async Task RunAsync_ANodeCannotBeTakenBackEither_SaysThatItsVersionIsNotKnown()
    {
        var engine = Engine();
        engine.Answers[nameof(NodeRunsVersion)] = _ => new Observation(false, "nobody answers");

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new UpgradeNetwork().RunAsync(engine, Raising));

        var leftover = Assert.Single(failure.Leftovers);
        Assert.Contains($"what runs on {leftover.Subject} is not known", failure.Message, StringComparison.Ordinal);
    }

    private static int Count(UpgradeNetwork.Input? input = null)
    {
        var engine = Engine();
        var run = new UpgradeNetwork().RunAsync(engine, input ?? Input);
        return run.IsCompletedSuccessfully ? engine.Started.Count : throw run.Exception!;
    }

    private static FakeEngine Engine(int? failAt = null, int? cancelAt = null)
    {
        FakeEngine engine = new() { FailAt = failAt, CancelAt = cancelAt };
        engine.Answers[nameof(ReadEndpoints)] = _ => new ReadEndpoints.Output(
        [
            .. Spec.Ordering.Orderers().Select(node => new NodeEndpoint(node, NodeRole.Orderer, "10.0.0.1", 7050, 9443, null)),
            .. Spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => new NodeEndpoint(node, NodeRole.Peer, "10.0.0.2", 7051, null, null)),
        ]);
        engine.Answers[nameof(CapabilitiesRaised)] = input => new CapabilitiesRaised.Seen(true, "", new LedgerHeight(((CapabilitiesRaised.Input)input).Channel, 7, "00"));
        return engine;
    }
}
