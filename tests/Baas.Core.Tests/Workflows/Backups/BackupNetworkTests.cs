using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Backups;

public sealed class BackupNetworkTests
{
    private static readonly IReadOnlyList<FakeCall> Steps = Whole();

    /// <summary>Every step until the backup is whole.</summary>
    public static TheoryData<int> EveryStep => [.. Enumerable.Range(0, Steps.Select(call => call.Step).ToList().IndexOf(nameof(SealBackup)) + 1)];

    [Fact]
    public void RunAsync_NothingFails_StopsOneNodeAfterTheOther()
    {
        // Two looks at each node's scale: stopped, then started, before the next one is stopped.
        var scaled = Steps.Where(call => call.Step == nameof(ScaleNode)).Select(call => call.Subject).ToList();
        Assert.Equal(2 * 7, scaled.Count);
        Assert.All(scaled.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.All(scaled.Take(8), node => Assert.StartsWith("peer-", node, StringComparison.Ordinal));
        Assert.All(scaled.Skip(8), node => Assert.StartsWith("orderer-", node, StringComparison.Ordinal));
        Assert.Equal([nameof(SealBackup), nameof(PruneBackups), nameof(RecordOutcome)], Steps.TakeLast(3).Select(call => call.Step));
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_StepFails_LeavesNoNodeStoppedAndNoAgent(int failing)
    {
        var engine = BackupInputs.Engine(failAt: failing);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new BackupNetwork().RunAsync(engine, BackupInputs.Back()));

        Assert.Equal("fake-failed", failure.Code);
        AssertRevived(engine);
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task RunAsync_Cancelled_LeavesNoNodeStoppedAndNoAgent(int canceled)
    {
        var engine = BackupInputs.Engine(cancelAt: canceled);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new BackupNetwork().RunAsync(engine, BackupInputs.Back()));

        Assert.Equal(StepFailedException.Canceled, failure.Code);
        AssertRevived(engine);
    }

    [Fact]
    public async Task RunAsync_ClearingAwayFails_KeepsTheBackup()
    {
        var engine = BackupInputs.Engine(failAt: Steps.Count - 2);
        await new BackupNetwork().RunAsync(engine, BackupInputs.Back());
        Assert.DoesNotContain(engine.Undone, call => call.Step == nameof(BeginBackup));
    }

    private static void AssertRevived(FakeEngine engine)
    {
        var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
        Assert.All(
            engine.Started.Where(call => call.Step is nameof(ScaleNode) or nameof(StartAgent) or nameof(BeginBackup)),
            call => Assert.Contains((call.Step, call.Subject), undone));
        Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
    }

    private static IReadOnlyList<FakeCall> Whole()
    {
        var engine = BackupInputs.Engine();
        var run = new BackupNetwork().RunAsync(engine, BackupInputs.Back());
        return run.IsCompletedSuccessfully ? engine.Started : throw run.Exception ?? new AggregateException("it awaits something else than its context");
    }
}
