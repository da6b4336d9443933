using System.Text.Json;
using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Hosting.Azure;

/// <summary>One orchestrator for all workflows and one activity for all steps: what they run is in their payloads.</summary>
public sealed class WorkflowFunctions(IServiceProvider services)
{
    /// <summary>The orchestrator's name in histories.</summary>
    internal const string Workflow = "Workflow";

    /// <summary>The activity's name in histories.</summary>
    internal const string Step = "Step";

    /// <summary>Runs a turn of a workflow.</summary>
    [Function(Workflow)]
    public Task<JsonElement> RunWorkflowAsync([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(services, context, context.GetInput<JsonElement>());

    /// <summary>Runs one attempt of a step.</summary>
    [Function(Step)]
    public Task<JsonElement> RunStepAsync([ActivityTrigger] JsonElement call, CancellationToken cancellationToken) => RunAsync(services, call, cancellationToken);

    /// <summary>Runs a turn of a workflow.</summary>
    internal static async Task<JsonElement> RunAsync(IServiceProvider services, TaskOrchestrationContext context, JsonElement input)
    {
        var call = DurablePayload.Read<WorkflowCall>(input, "the call of a workflow");
        var began = context.CurrentUtcDateTime; // that of the first turn, at every turn
        var outcome = await DurableWorkflow.RunAsync(
            new DurableTaskRuntime(context), services.GetRequiredService<WorkflowCatalog>(), DurableIds.FromEngine(context.InstanceId), call);
        if (!context.IsReplaying)
        {
            BaasTelemetry.WorkflowDuration.Record(
                (context.CurrentUtcDateTime - began).TotalSeconds, new KeyValuePair<string, object?>("workflow", call.Name), new("outcome", outcome.Failure?.Code ?? "success"));
        }

        return DurablePayload.Write(outcome, $"outcome of workflow \"{call.Name}\"");
    }

    /// <summary>Runs one attempt of a step.</summary>
    internal static async Task<JsonElement> RunAsync(IServiceProvider services, JsonElement input, CancellationToken cancellationToken)
    {
        var call = DurablePayload.Read<StepCall>(input, "the call of a step");
        var outcome = await services.GetRequiredService<DurableStep>().RunAsync(call, cancellationToken);
        return DurablePayload.Write(outcome, $"outcome of step \"{call.Name}\"");
    }
}
