using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

/// <summary>An engine hands answers out by position; whether one belongs to the question is looked at here.</summary>
public sealed class AnswersTests
{
    private static readonly StepCall Asked = new("CreateNamespace", "org1", false, 1, DurablePayload.Null);
    private static readonly WorkflowCall AskedChild = new("RunPhase", "nodes", false, DurablePayload.Null);

    [Theory]
    [InlineData("CreateNamespace", "org2", false)]
    [InlineData("ApplyPeer", "org1", false)]
    [InlineData("CreateNamespace", "org1", true)]
    public async Task OfStepAsync_AnswerOfAnother_IsAMismatch(string step, string subject, bool isUndo)
    {
        Engine engine = new(StepOutcome.Success("null") with { Call = (Asked with { Name = step, Subject = subject, IsUndo = isUndo }).Key });

        var mismatch = await Assert.ThrowsAsync<CatalogException>(() => Answers.OfStepAsync(engine, Asked, _ => Task.FromResult(true)));

        Assert.Equal(DurableWorkflow.HistoryMismatch, mismatch.Code);
    }

    [Fact]
    public async Task OfStepAsync_AnswerOfAnOlderVersion_IsTaken() =>
        Assert.Null((await Answers.OfStepAsync(new Engine(StepOutcome.Success("null")), Asked, _ => Task.FromResult(true))).Code);

    [Fact]
    public async Task OfStepAsync_HostStops_ComesAgain()
    {
        Engine engine = new(Lost, Lost, StepOutcome.Success("1") with { Call = Asked.Key });

        var outcome = await Answers.OfStepAsync(engine, Asked, _ => Task.FromResult(true));

        Assert.Equal("1", outcome.Output?.GetRawText());
    }

    [Fact]
    public async Task OfStepAsync_HostsStopForEver_GivesUp()
    {
        var outcome = await Answers.OfStepAsync(new Engine([.. Enumerable.Repeat(Lost, 5)]), Asked, _ => Task.FromResult(true));

        Assert.Equal((StepOutcome.Lost, null), (outcome.Code, outcome.RetryAfter));
    }

    [Fact]
    public async Task OfStepAsync_OlderHostsDoNotKnowTheStep_ANewerOneTakesOver()
    {
        List<TimeSpan?> waits = [];
        Engine engine = new([.. Enumerable.Repeat(Unknown, 20), Lost, StepOutcome.Success("1") with { Call = Asked.Key }]);

        var outcome = await Answers.OfStepAsync(engine, Asked, uncounted =>
        {
            waits.Add(uncounted.RetryAfter);
            return Task.FromResult(true);
        });

        Assert.Equal("1", outcome.Output?.GetRawText());
        Assert.Equal([.. Enumerable.Repeat(StepOutcome.BeforeNewerHost, 20), StepOutcome.BeforeAnotherHost], waits.Select(wait => wait ?? default));
    }

    [Fact]
    public async Task OfStepAsync_NobodyEverKnowsTheStep_GivesUp()
    {
        var outcome = await Answers.OfStepAsync(new Engine([.. Enumerable.Repeat(Unknown, 60)]), Asked, _ => Task.FromResult(true));

        Assert.Equal((CatalogException.StepUnknown, null), (outcome.Code, outcome.RetryAfter));
    }

    [Fact]
    public async Task OfStepAsync_CancelledWhileNobodyKnowsTheStep_Ends()
    {
        var outcome = await Answers.OfStepAsync(new Engine(Unknown), Asked, _ => Task.FromResult(false));

        Assert.Equal(CatalogException.StepUnknown, outcome.Code);
    }

    [Fact]
    public async Task RunAsync_StepIsNotKnownHere_IsLeftToANewerHost()
    {
        DurableStep older = new(new WorkflowCatalog([], []), new ServiceCollection().BuildServiceProvider(), TimeProvider.System);

        var outcome = await older.RunAsync(Asked, CancellationToken.None);

        Assert.Equal((CatalogException.StepUnknown, StepOutcome.BeforeNewerHost, Asked.Key), (outcome.Code, outcome.RetryAfter, outcome.Call));
    }

    [Fact]
    public async Task OfChildAsync_AnswerOfAnother_IsAMismatch()
    {
        Engine engine = new() { Child = new WorkflowOutcome(null, null, 0, (AskedChild with { Subject = "channels" }).Key) };

        var mismatch = await Assert.ThrowsAsync<CatalogException>(() => Answers.OfChildAsync(engine, "id/0", AskedChild));

        Assert.Equal(DurableWorkflow.HistoryMismatch, mismatch.Code);
    }

    private static StepOutcome Unknown => StepOutcome.Unknown(new StepFault(CatalogException.StepUnknown, "unknown", false)) with { Call = Asked.Key };

    private static StepOutcome Lost => StepOutcome.GivenUp(Asked.Name) with { Call = Asked.Key };

    private sealed class Engine(params StepOutcome[] steps) : IDurableRuntime
    {
        private readonly Queue<StepOutcome> _steps = new(steps);

        public WorkflowOutcome? Child { get; init; }

        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;

        public Task<StepOutcome> RunStepAsync(StepCall call) => Task.FromResult(_steps.Dequeue());

        public Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call) => Task.FromResult(Child!); // the tests that come here set it

        public Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string> WaitForEventAsync(string name) => new TaskCompletionSource<string>().Task;

        public void CancelChild(string instanceId)
        {
        }

        public void Publish(WorkflowProgress progress)
        {
        }
    }
}
