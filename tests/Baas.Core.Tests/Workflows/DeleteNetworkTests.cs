using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows;

public sealed class DeleteNetworkTests
{
    private static readonly DeleteNetwork.Input Input = TestInputs.Delete();

    /// <summary>Every kind of step that a creation makes and that can be undone.</summary>
    public static TheoryData<string> EveryUndo => [.. Made().Where(FakeEngine.IsUndoable).Select(call => call.Step).Distinct()];

    [Fact]
    public async Task RunAsync_NothingFails_UndoesAllThatACreationMakes()
    {
        FakeEngine engine = new();

        await new DeleteNetwork().RunAsync(engine, Input);

        var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
        Assert.All(Made().Where(FakeEngine.IsUndoable), call => Assert.Contains((call.Step, call.Subject), undone));
        Assert.Equal([nameof(ForgetArtifacts), nameof(RecordOutcome)], engine.Started.Select(call => call.Step).TakeLast(2));
    }

    [Theory]
    [MemberData(nameof(EveryUndo))]
    public async Task RunAsync_UndoFails_ReportsEachLeftoverAndGoesOn(string step)
    {
        FakeEngine undisturbed = new();
        await new DeleteNetwork().RunAsync(undisturbed, Input);
        FakeEngine engine = new() { FailUndoOf = step };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new DeleteNetwork().RunAsync(engine, Input));

        Assert.Equal("leftovers", failure.Code);
        Assert.Equal(
            undisturbed.Undone.Where(call => call.Step == step).Select(call => call.Subject).Order(),
            failure.Leftovers.Where(leftover => leftover.Step == step).Select(leftover => leftover.Subject).Order());
        Assert.Equal(undisturbed.Undone.Where(call => call.Step != step), engine.Undone);
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
        Assert.DoesNotContain(engine.Started, call => call.Step == nameof(ForgetArtifacts)); // deleting again needs them
    }

    [Fact]
    public async Task RunAsync_ArtifactsStay_KeepsTheNetworkOnRecord()
    {
        FakeEngine undisturbed = new();
        await new DeleteNetwork().RunAsync(undisturbed, Input);
        FakeEngine engine = new() { FailAt = undisturbed.Started.Count - 2 };
        RecordOutcome.Input? outcome = null;
        engine.Answers[nameof(RecordOutcome)] = input =>
        {
            outcome = (RecordOutcome.Input)input;
            return Nothing.Value;
        };

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => new DeleteNetwork().RunAsync(engine, Input));

        Assert.Equal(nameof(ForgetArtifacts), failure.Step);
        Assert.Equal((NetworkState.Failed, "leftovers"), (outcome?.State, outcome?.Failure?.Code));
        Assert.Equal(nameof(ForgetArtifacts), Assert.Single(outcome?.Failure?.Leftovers ?? []).Step);
    }

    [Fact]
    public async Task RunAsync_NamespaceStays_IsALeftover()
    {
        FakeEngine engine = new() { Answers = { [nameof(NamespaceGone)] = _ => new Observation(false, "still terminating") } };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new DeleteNetwork().RunAsync(engine, Input));

        Assert.All(failure.Leftovers, leftover => Assert.Equal((nameof(NamespaceGone), "still terminating"), (leftover.Step, leftover.Reason)));
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }

    [Fact]
    public async Task RunAsync_Cancelled_RunsToItsEnd()
    {
        FakeEngine engine = new() { CancelAt = 0 };

        await new DeleteNetwork().RunAsync(engine, Input);

        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }

    private static IReadOnlyList<FakeCall> Made() => FakeEngine.StartedBy(new CreateNetwork(), TestInputs.Create());
}
