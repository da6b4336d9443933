using System.Text.Json;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Durable;
using Microsoft.DurableTask;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Gives a workflow what it needs of Durable Task.</summary>
internal sealed class DurableTaskRuntime(TaskOrchestrationContext context) : IDurableRuntime
{
    /// <summary>
    /// For attempts that never answered since their host went away. Attempts that failed answer with their failure, and come again when the step's own
    /// options say so.
    /// </summary>
    private static readonly TaskOptions WhenLost = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    /// <inheritdoc/>
    public async Task<StepOutcome> RunStepAsync(StepCall call)
    {
        try
        {
            var input = DurablePayload.Write(call, $"call of step \"{call.Name}\"");
            return DurablePayload.Read<StepOutcome>(await context.CallActivityAsync<JsonElement>(WorkflowFunctions.Step, input, WhenLost), $"outcome of step \"{call.Name}\"");
        }
        catch (TaskFailedException lost)
        {
            return new StepOutcome(null, StepOutcome.Lost, $"cannot finish step \"{call.Name}\": its host gave no answer: {OneLine(lost)}");
        }
    }

    /// <inheritdoc/>
    public async Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call)
    {
        try
        {
            var input = DurablePayload.Write(call, $"call of workflow \"{call.Name}\"");
            var outcome = await context.CallSubOrchestratorAsync<JsonElement>(WorkflowFunctions.Workflow, input, new SubOrchestrationOptions(instanceId: DurableIds.ToEngine(instanceId)));
            return DurablePayload.Read<WorkflowOutcome>(outcome, $"outcome of workflow \"{call.Name}\"");
        }
        catch (TaskFailedException broken)
        {
            return new WorkflowOutcome(null, new WorkflowFailure(call.Name, call.Subject, DurableWorkflow.CodeOf(broken.FailureDetails.ErrorType), $"cannot finish workflow \"{call.Name}\": {OneLine(broken)}", []), 0);
        }
    }

    /// <inheritdoc/>
    public Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken) => context.CreateTimer(due.UtcDateTime, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> WaitForEventAsync(string name) => (await context.WaitForExternalEvent<JsonElement>(name)).GetRawText();

    /// <inheritdoc/>
    public void CancelChild(string instanceId) => context.SendEvent(DurableIds.ToEngine(instanceId), DurableWorkflow.CancelEvent, DurablePayload.Signal);

    /// <inheritdoc/>
    public void Publish(WorkflowProgress progress) => context.SetCustomStatus(progress); // written once, when the turn ends

    private static string OneLine(TaskFailedException failure) => failure.FailureDetails.ErrorMessage.ReplaceLineEndings(" ");
}
