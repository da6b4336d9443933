namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// What a distributed engine gives a running workflow. The workflow's code is run again from its start at every turn, so results come in the order of
/// the engine's history, continuations run in line, and nothing here may be awaited from outside of that code.
/// </summary>
internal interface IDurableRuntime
{
    /// <summary>The time of the turn; the same when run again.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Carries out one attempt of a step. Failures of the step are in the outcome; an attempt that got lost with its host is one, too.</summary>
    Task<StepOutcome> RunStepAsync(StepCall call);

    /// <summary>Runs a child workflow to its end.</summary>
    Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call);

    /// <summary>Completes when the time has come. A timer that is not needed any more has to be cancelled.</summary>
    Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>The next event of this name, as JSON; those that came before are handed out first. Never given up: a dead waiter would eat an event.</summary>
    Task<string> WaitForEventAsync(string name);

    /// <summary>Raises the event <see cref="DurableWorkflow.CancelEvent"/> for a child that runs.</summary>
    void CancelChild(string instanceId);

    /// <summary>Shows what has been done so far. Called with the same object at each change; it is written once, at the end of the turn.</summary>
    void Publish(WorkflowProgress progress);
}
