using System.Text.Json;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>How a workflow ended, as a distributed engine records it. A failure is data here, too.</summary>
/// <param name="Result">The result; null for a failure.</param>
/// <param name="Failure">Why it failed; null for a success.</param>
/// <param name="Revision">The last revision of the instance with its children.</param>
/// <param name="Call">What was run (<see cref="WorkflowCall.Key"/>); null in histories of versions that did not say.</param>
internal sealed record WorkflowOutcome(JsonElement? Result, WorkflowFailure? Failure, long Revision, string? Call = null)
{
    /// <summary>The state that goes with the outcome.</summary>
    public WorkflowState State => Failure is null ? WorkflowState.Completed : StateOf(Failure.Code);

    /// <summary>The state that goes with a failure's code.</summary>
    public static WorkflowState StateOf(string code) => code == StepFailedException.Canceled ? WorkflowState.Canceled : WorkflowState.Failed;
}
