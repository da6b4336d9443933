using Baas.Core.Steps;
using Baas.Core.Steps.Channels;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Testing.Engines;

/// <summary>
/// A workflow context in memory, which can fail at any step, so that every path of compensation can be walked. Steps do nothing and
/// give canned answers; child workflows run in line; inputs and outputs pass through JSON as they do in a real engine.
/// </summary>
internal sealed class FakeEngine : IWorkflowContext
{
    private static readonly Lazy<WorkflowCatalog> Baas = new(() => new ServiceCollection().AddSteps().AddWorkflows().BuildServiceProvider().GetRequiredService<WorkflowCatalog>());

    private readonly FakeEngine _root;
    private readonly string _phase = "";
    private readonly bool _isCompensating;
    private readonly List<FakeCall> _started = [];
    private readonly List<FakeCall> _undone = [];
    private int _calls;
    private int _mostCalls;
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeEngine() => _root = this;

    private FakeEngine(FakeEngine parent, string phase, bool isCompensating)
    {
        (_root, _isCompensating) = (parent._root, isCompensating);
        _phase = parent._phase.Length > 0 ? parent._phase : phase;
        InstanceId = $"{parent.InstanceId}/{phase}";
    }

    /// <summary>The number of the step, from 0, that fails for good; null for none.</summary>
    public int? FailAt { get; init; }

    /// <summary>The number of the step, from 0, before which the workflow is cancelled; null for never.</summary>
    public int? CancelAt { get; init; }

    /// <summary>The name of a step that cannot be undone; null for none.</summary>
    public string? FailUndoOf { get; init; }

    /// <summary>What steps give, by name; for others see <see cref="FakeAnswers"/>.</summary>
    public Dictionary<string, Func<IStepInput, object>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Every step that was begun, the failing one included.</summary>
    public IReadOnlyList<FakeCall> Started => _root._started;

    /// <summary>Every step whose undoing was asked for and did not fail.</summary>
    public IReadOnlyList<FakeCall> Undone => _root._undone;

    /// <summary>How many calls that instance made which made the most: the length of its history.</summary>
    public int MostCalls => _root._mostCalls;

    public string InstanceId { get; } = "fake";

    public DateTimeOffset UtcNow => _root._now;

    private bool IsCanceled => !_isCompensating && _root._started.Count >= _root.CancelAt;

    /// <summary>How many steps a workflow runs when nothing fails.</summary>
    public static int CountSteps<TInput, TResult>(IWorkflow<TInput, TResult> workflow, TInput input)
        where TInput : IWorkflowInput<TResult> => StartedBy(workflow, input).Count;

    /// <summary>The steps that a workflow runs when nothing fails.</summary>
    public static IReadOnlyList<FakeCall> StartedBy<TInput, TResult>(IWorkflow<TInput, TResult> workflow, TInput input)
        where TInput : IWorkflowInput<TResult>
    {
        FakeEngine engine = new();
        var run = workflow.RunAsync(engine, input);
        return run.IsCompletedSuccessfully ? engine.Started : throw run.Exception ?? new AggregateException("the workflow awaits something other than its context");
    }

    /// <summary>Whether a rollback has to undo a step itself. What an orderer knows of a channel goes with the orderer.</summary>
    public static bool IsUndoable(FakeCall call) => call.Step != nameof(JoinOrderer) && Baas.Value.Step(call.Step).IsUndoable;

    public Task<TOutput> ApplyAsync<TOutput>(IStepInput<TOutput> input)
    {
        var name = Baas.Value.Step(StepName.Of(input)).Name; // it has to be registered
        if (IsCanceled)
        {
            return Task.FromException<TOutput>(new StepFailedException(name, input.Subject, StepFailedException.Canceled, "cannot go on: cancelled"));
        }

        Count();
        var number = _root._started.Count;
        _root._started.Add(new FakeCall(name, input.Subject, _phase));
        CheckJson(input);
        return number == _root.FailAt
            ? Task.FromException<TOutput>(new StepFailedException(name, input.Subject, "fake-failed", $"cannot run step \"{name}\": the test wants it so"))
            : Task.FromResult(Json<TOutput>(_root.Answers.TryGetValue(name, out var answer) ? answer(input) : FakeAnswers.Of(input)));
    }

    public Task UndoAsync(IStepInput input)
    {
        var step = Baas.Value.Step(StepName.Of(input));
        Count();
        CheckJson(input);
        if (step.Name == _root.FailUndoOf)
        {
            return Task.FromException(new StepFailedException(step.Name, input.Subject, "fake-stuck", $"cannot undo step \"{step.Name}\": the test wants it so"));
        }

        _root._undone.Add(new FakeCall(step.Name, input.Subject, _phase));
        return Task.CompletedTask;
    }

    public async Task<TResult> RunAsync<TResult>(IWorkflowInput<TResult> input, bool compensating = false)
    {
        var workflow = Baas.Value.Workflow(StepName.Of(input));
        if (IsCanceled && !compensating)
        {
            throw new StepFailedException(workflow.Name, input.Subject, StepFailedException.Canceled, "cannot go on: cancelled");
        }

        Count();
        FakeEngine child = new(this, input.Subject, _isCompensating || compensating);
        try
        {
            return DurableJson.Read<TResult>(await workflow.RunAsync(child, DurableJson.Write(input, workflow.Name)), workflow.Name);
        }
        catch (WorkflowFailedException failure)
        {
            throw failure.Failure; // a parent sees the step that failed, as in a real engine
        }
    }

    public Task DelayAsync(TimeSpan delay)
    {
        _root._now += delay;
        return Task.CompletedTask;
    }

    public Task<TEvent?> WaitForEventAsync<TEvent>(string name, TimeSpan timeout)
        where TEvent : class
    {
        _root._now += timeout;
        return Task.FromResult<TEvent?>(null);
    }

    public void Report(string message)
    {
    }

    private void Count() => _root._mostCalls = Math.Max(_root._mostCalls, ++_calls);

    private static T Json<T>(object value) => DurableJson.Read<T>(DurableJson.Write(value, "an answer"), "an answer");

    /// <summary>What a history cannot hold would be lost by a real engine.</summary>
    private static void CheckJson(IStepInput input)
    {
        var json = DurableJson.Write(input, "an input");
        var again = System.Text.Json.JsonSerializer.Deserialize(json, input.GetType(), DurableJson.Options);
        if (DurableJson.Write(again, "an input") != json)
        {
            throw new InvalidOperationException($"{input.GetType()} does not survive being recorded: {json}");
        }
    }
}
