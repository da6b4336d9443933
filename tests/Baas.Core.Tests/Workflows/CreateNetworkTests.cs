using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows;

public sealed class CreateNetworkTests
{
    private static readonly CreateNetwork.Input Input = TestInputs.Create();

    /// <summary>Every step but the last, which writes the outcome down when all else is done.</summary>
    public static TheoryData<int> EveryStep => [.. Enumerable.Range(0, FakeEngine.CountSteps(new CreateNetwork(), Input) - 1)];

    [Fact]
    public async Task RunAsync_NothingFails_GivesEveryNode()
    {
        FakeEngine engine = new();

        var result = await new CreateNetwork().RunAsync(engine, Input);

        Assert.Equal(3 + 4 + 2, result.Nodes.Count); // orderers, peers and chaincode servers
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        Assert.Empty(engine.Undone);
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_StepFails_UndoesWhatWasStarted(int failing)
    {
        FakeEngine engine = new() { FailAt = failing };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        Assert.Equal("fake-failed", failure.Code);
        Assert.Empty(failure.Leftovers);
        var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
        Assert.All(engine.Started.Where(FakeEngine.IsUndoable), call => Assert.Contains((call.Step, call.Subject), undone));
        Assert.Equal([nameof(ForgetArtifacts), nameof(RecordOutcome)], engine.Started.Select(call => call.Step).TakeLast(2));
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_StepFails_UndoesPhasesNewestFirst(int failing)
    {
        FakeEngine engine = new() { FailAt = failing };

        await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        var made = engine.Started.Take(failing + 1).Select(call => call.Phase).Distinct().ToList();
        Assert.Equal(Enumerable.Reverse(made), engine.Undone.Select(call => call.Phase).Distinct());
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_StepFailsAndKeep_UndoesNothing(int failing)
    {
        FakeEngine engine = new() { FailAt = failing };

        await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, TestInputs.Create(OnFailure.Keep)));

        Assert.Empty(engine.Undone);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        Assert.DoesNotContain(engine.Started, call => call.Step == nameof(ForgetArtifacts));
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_Cancelled_UndoesAndRecordsIt(int canceled)
    {
        FakeEngine engine = new() { CancelAt = canceled };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        Assert.Equal(StepFailedException.Canceled, failure.Code);
        var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
        Assert.All(engine.Started.Where(FakeEngine.IsUndoable), call => Assert.Contains((call.Step, call.Subject), undone));
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }

    [Fact]
    public async Task RunAsync_UndoFails_ReportsTheLeftoverAndUndoesTheRest()
    {
        var last = FakeEngine.CountSteps(new CreateNetwork(), Input) - 2;
        FakeEngine engine = new() { FailAt = last, FailUndoOf = nameof(CreateNamespace) };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        Assert.All(failure.Leftovers, leftover => Assert.Equal(nameof(CreateNamespace), leftover.Step));
        Assert.Equal(engine.Started.Where(call => call.Step == nameof(CreateNamespace)).Select(call => call.Subject).Order(), failure.Leftovers.Select(leftover => leftover.Subject).Order());
        Assert.DoesNotContain(engine.Started, call => call.Step == nameof(ForgetArtifacts)); // the next deletion needs them
        Assert.Contains(engine.Undone, call => call.Step == nameof(ApplyPeer));
    }

    [Fact]
    public async Task RunAsync_AddressNeverComes_FailsAtTheDeadlineAndUndoes()
    {
        FakeEngine engine = new() { Answers = { [nameof(ObserveAddress)] = _ => new ObserveAddress.Seen(false, "no address yet", null, []) } };
        var before = engine.UtcNow;

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        Assert.Equal((StepFailedException.DeadlinePassed, nameof(ObserveAddress)), (failure.Code, failure.Failure.Step));
        Assert.True(engine.UtcNow - before >= Patience.ForAddresses.Limit);
        Assert.Empty(failure.Leftovers);
    }
}
