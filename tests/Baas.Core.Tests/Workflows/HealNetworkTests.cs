using Baas.Core.Health.Healing;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Health;
using Baas.Core.Steps.Records;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows;

public sealed class HealNetworkTests
{
    private static readonly OrganizationName Org1 = OrganizationName.Parse("org1");

    private static readonly HealNetwork.Input Input = new(
        TestInputs.Delete().Network,
        OperationId.Parse("op-test"),
        TestInputs.TwoOrganizations,
        [
            new HealingAct(HealingKind.Reapply, Org1, null, null, null, "a policy differs"),
            new HealingAct(HealingKind.Reapply, Org1, NodeName.Parse("peer-1"), null, null, "its Service is missing"),
            new HealingAct(HealingKind.Restart, Org1, NodeName.Parse("peer-2"), null, "uid-1", "it is not ready"),
            new HealingAct(HealingKind.Rejoin, Org1, NodeName.Parse("peer-1"), ChannelName.Parse("main"), null, "it is no member"),
        ]);

    public static TheoryData<int> EveryAct => [.. Enumerable.Range(0, FakeEngine.CountSteps(new HealNetwork(), Input) - 1)];

    [Fact]
    public async Task RunAsync_DoesOneActAfterTheOtherAndWaitsForEachNode()
    {
        FakeEngine engine = new();

        var result = await new HealNetwork().RunAsync(engine, Input);

        Assert.Equal(4, result.Acts);
        Assert.Equal(
            [
                nameof(ReapplyObjects),
                nameof(ReapplyObjects), nameof(ReplaceStuckPod), nameof(NodeReady),
                nameof(ReapplyObjects), nameof(ReplacePod), nameof(ReplaceStuckPod), nameof(NodeReady),
                nameof(RejoinPeer),
                nameof(RecordOutcome),
            ],
            engine.Started.Select(call => call.Step));
        Assert.Empty(engine.Undone);
    }

    [Theory]
    [MemberData(nameof(EveryAct))]
    public async Task RunAsync_ActFails_StopsAndLeavesTheNetworkReady(int failing)
    {
        FakeEngine engine = new() { FailAt = failing };
        RecordOutcome.Input? outcome = null;
        engine.Answers[nameof(RecordOutcome)] = input =>
        {
            outcome = (RecordOutcome.Input)input;
            return Nothing.Value;
        };

        await Assert.ThrowsAsync<WorkflowFailedException>(() => new HealNetwork().RunAsync(engine, Input));

        Assert.Equal(failing + 2, engine.Started.Count);
        Assert.Equal((NetworkState.Ready, "fake-failed"), (outcome?.State, outcome?.Failure?.Code));
    }

    [Theory]
    [MemberData(nameof(EveryAct))]
    public async Task RunAsync_Cancelled_FreesTheNetwork(int at)
    {
        FakeEngine engine = new() { CancelAt = at };

        await Assert.ThrowsAsync<WorkflowFailedException>(() => new HealNetwork().RunAsync(engine, Input));

        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }
}
