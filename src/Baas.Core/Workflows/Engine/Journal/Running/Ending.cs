using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>How a workflow ended.</summary>
/// <param name="State">Completed, failed or canceled.</param>
/// <param name="Result">The result as JSON; null for a failure.</param>
/// <param name="Failure">Why it failed; null for a success.</param>
internal sealed record Ending(WorkflowState State, string? Result, WorkflowFailure? Failure)
{
    /// <summary>Reads how the workflow's code ended. Looked at, not caught: whatever it threw ends this instance and nothing else.</summary>
    public static Ending Of(InstanceRow row, Task<string> body)
    {
        if (body.IsCompletedSuccessfully)
        {
            return new(WorkflowState.Completed, body.Result, null);
        }

        return body.Exception?.InnerException switch
        {
            WorkflowFailedException saga => Failed(WorkflowFailure.Of(saga)),
            StepFailedException step => Failed(new WorkflowFailure(step.Step, step.Subject, step.Code, step.Message, [])),
            { } other => Failed(row, StepFault.Of(other)),
            null => Failed(row, StepFault.Of(new OperationCanceledException("the workflow's code cancelled itself"))),
        };
    }

    /// <summary>An instance that cannot go on.</summary>
    public static Ending Aborted(InstanceRow row, JournalException reason) => Failed(row, StepFault.Of(reason));

    /// <summary>Tells people and meters.</summary>
    public void Tell(ILogger logger, InstanceRow row)
    {
        var duration = (row.EndedAt ?? row.CreatedAt) - row.CreatedAt;
        BaasTelemetry.WorkflowDuration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>("workflow", row.Workflow), new KeyValuePair<string, object?>("outcome", Failure?.Code ?? "success"));
        switch (Failure)
        {
            case null:
                logger.WorkflowFinished(row.Workflow, row.Id, duration);
                break;
            case { Code: StepFault.InternalError or JournalException.HistoryMismatch }:
                logger.WorkflowBroken(row.Workflow, row.Id, Failure.Code, Failure.Message);
                break;
            default:
                logger.WorkflowFailed(row.Workflow, row.Id, Failure.Step, Failure.Code, Failure.Message, Failure.Leftovers.Count);
                break;
        }
    }

    private static Ending Failed(WorkflowFailure failure) => new(Outcome.StateOf(failure.Code), null, failure);

    private static Ending Failed(InstanceRow row, StepFault fault) => Failed(new WorkflowFailure(row.Workflow, row.Subject, fault.Code, fault.Message, []));
}
