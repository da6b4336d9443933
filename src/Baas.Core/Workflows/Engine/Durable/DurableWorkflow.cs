using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>Runs any workflow in a distributed engine.</summary>
internal static class DurableWorkflow
{
    /// <summary>The event that asks an instance to stop: an engine's own way to end it would undo nothing.</summary>
    public const string CancelEvent = "baas-cancel";

    /// <summary>The code of a workflow that makes too many calls.</summary>
    public const string HistoryTooLong = "history-too-long";

    /// <summary>The code of a workflow whose code does not fit its history any more.</summary>
    public const string HistoryMismatch = "history-mismatch";

    /// <summary>What a failure of the engine itself means. Workflows and steps answer with their own failures.</summary>
    /// <param name="errorType">The type of the exception that the engine reports; null when it reports none.</param>
    public static string CodeOf(string? errorType) => errorType?.Contains("NonDeterministic", StringComparison.Ordinal) == true ? HistoryMismatch : StepFault.InternalError;

    /// <summary>Runs one turn of a workflow from its start; ends when the workflow has ended and nothing that it began is still being made.</summary>
    public static async Task<WorkflowOutcome> RunAsync(IDurableRuntime runtime, WorkflowCatalog catalog, string instanceId, WorkflowCall call)
    {
        DurableWorkflowContext context = new(runtime, instanceId, call);
        var body = BodyAsync(catalog, context, call);

        // Looked at, not caught: whatever it threw ends this instance and nothing else. The context is kept: an engine's turns run on it.
        await ((Task)body).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await context.SettleAsync();
        runtime.Publish(context.Progress);
        return body.IsCompletedSuccessfully
            ? new WorkflowOutcome(DurablePayload.Parse(await body), null, context.Progress.Revision + 1, call.Key)
            : new WorkflowOutcome(null, FailureOf(call, body.Exception?.InnerException), context.Progress.Revision + 1, call.Key);
    }

    private static async Task<string> BodyAsync(WorkflowCatalog catalog, DurableWorkflowContext context, WorkflowCall call) =>
        await catalog.Workflow(call.Name).RunAsync(context, call.Input.GetRawText());

    private static WorkflowFailure FailureOf(WorkflowCall call, Exception? failure)
    {
        switch (failure)
        {
            case WorkflowFailedException saga:
                return WorkflowFailure.Of(saga);
            case StepFailedException step:
                return new(step.Step, step.Subject, step.Code, step.Message, []);
            default:
                var fault = StepFault.Of(failure ?? new OperationCanceledException("the workflow's code cancelled itself"));
                return new(call.Name, call.Subject, fault.Code, fault.Message, []);
        }
    }
}
