using System.Text.Json;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Starts workflows on Durable Task and looks at them.</summary>
internal sealed class DurableWorkflowClient(DurableClients clients, WorkflowCatalog catalog, TimeProvider clock) : IWorkflowClient
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SlowestLook = TimeSpan.FromSeconds(2);

    // Without these a second start of an id would replace the first one silently.
    private static readonly IReadOnlyList<string> Known = ["Pending", "Running", "Suspended", "Completed", "Failed", "Terminated"];

    private DurableTaskClient Engine => clients.Current;

    /// <inheritdoc/>
    public async Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken)
    {
        var call = WorkflowCall.Root(input, instanceId);
        _ = catalog.Workflow(call.Name); // refused here, not in the background
        if (await FindAsync(instanceId, false, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            var options = new StartOrchestrationOptions(DurableIds.ToEngine(instanceId)) { DedupeStatuses = Known };
            await Engine.ScheduleNewOrchestrationInstanceAsync(WorkflowFunctions.Workflow, DurablePayload.Write(call, $"call of workflow \"{call.Name}\""), options, cancellationToken);
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException || failure.GetType().Name.Contains("AlreadyExists", StringComparison.Ordinal))
        {
            if (await FindAsync(instanceId, false, cancellationToken) is null) // else somebody else has just started it
            {
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) =>
        DurableInstance.StatusAsync(instanceId, async id => await FindAsync(id, true, cancellationToken) is { } found ? Read(found) : null);

    /// <inheritdoc/>
    public async Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        for (var pause = FirstLook; ; pause = pause * 1.5 < SlowestLook ? pause * 1.5 : SlowestLook)
        {
            var status = await GetStatusAsync(instanceId, cancellationToken);
            var left = timeout - clock.GetElapsedTime(began);
            if (status is null || status.Revision != seen || left <= TimeSpan.Zero)
            {
                return status;
            }

            await Task.Delay(left < pause ? left : pause, clock, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) =>
        RaiseAsync(instanceId, name, DurablePayload.Write(payload, $"event \"{name}\""), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => RaiseAsync(instanceId, DurableWorkflow.CancelEvent, DurablePayload.Signal, cancellationToken);

    /// <inheritdoc/>
    public async Task PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await FindAsync(instanceId, true, cancellationToken) is not { IsCompleted: true } found)
        {
            return;
        }

        // Children first: an interrupted purge finds the rest again through the parent.
        foreach (var child in (Read(found).Progress?.Calls ?? []).Where(call => call.Kind == CallKind.Workflow))
        {
            await PurgeAsync($"{instanceId}/{child.Position}", cancellationToken);
        }

        await Engine.PurgeInstanceAsync(found.InstanceId, cancellationToken);
    }

    private static DurableInstance Read(OrchestrationMetadata found)
    {
        var progress = found.SerializedCustomStatus is { Length: > 0 } shown and not "null" ? WorkflowProgress.FromJson(shown) : null;
        var call = DurableJson.Find<WorkflowCall>(found.SerializedInput, "the call of a workflow"); // null: it has failed, and its failure is shown
        var outcome = OutcomeOf(found, call, progress);
        var state = outcome?.State ?? (found.RuntimeStatus == OrchestrationRuntimeStatus.Pending ? WorkflowState.Pending : WorkflowState.Running);
        return new DurableInstance(call?.Name ?? found.Name, state, found.CreatedAt, found.LastUpdatedAt, progress, outcome);
    }

    private static WorkflowOutcome? OutcomeOf(OrchestrationMetadata found, WorkflowCall? call, WorkflowProgress? progress)
    {
        WorkflowOutcome Ended(string code, string message) =>
            new(null, new WorkflowFailure(call?.Name ?? found.Name, call?.Subject ?? "", code, message, []), (progress?.Revision ?? 0) + 1);

        return found.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Completed => DurableJson.Read<WorkflowOutcome>(found.SerializedOutput ?? "null", "the outcome of a workflow"),
            OrchestrationRuntimeStatus.Failed => Ended(DurableWorkflow.CodeOf(found.FailureDetails?.ErrorType), found.FailureDetails?.ErrorMessage.ReplaceLineEndings(" ") ?? "the engine gives no reason"),
            OrchestrationRuntimeStatus.Terminated => Ended(StepFailedException.Canceled, "somebody terminated the instance; nothing was undone"),
            _ => null,
        };
    }

    /// <summary>Durable Task gives no error for an unknown or ended id, so it is asked first.</summary>
    private async Task<bool> RaiseAsync(string instanceId, string name, JsonElement payload, CancellationToken cancellationToken)
    {
        if (await FindAsync(instanceId, false, cancellationToken) is not { IsCompleted: false } found)
        {
            return false;
        }

        await Engine.RaiseEventAsync(found.InstanceId, name, payload, cancellationToken);
        return true;
    }

    // Everything that is asked of an instance begins here, and ends here when the engine is away.
    private async Task<OrchestrationMetadata?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine.GetInstanceAsync(DurableIds.ToEngine(instanceId), withPayloads, cancellationToken);
        }
        catch (RpcException failure)
        {
            throw new EngineUnavailableException(instanceId, failure.Status.Detail, failure);
        }
    }
}
