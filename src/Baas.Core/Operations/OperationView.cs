using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>An operation as it is shown.</summary>
/// <param name="Record">What is on record.</param>
/// <param name="Workflow">What its workflow has done so far; null before it has started and after its history was purged.</param>
public sealed record OperationView(OperationRecord Record, WorkflowStatus? Workflow)
{
    /// <summary>
    /// What to show. The record says how it ended before the network is free for the next change; until then the operation is still shown as
    /// running, so that whoever waits for its end is not refused.
    /// </summary>
    /// <param name="record">The record; read after <paramref name="workflow"/>.</param>
    /// <param name="workflow">The status of its workflow.</param>
    public static OperationView Of(OperationRecord record, WorkflowStatus? workflow) =>
        workflow is { State: WorkflowState.Pending or WorkflowState.Running } && record.EndedAt is not null
            ? new(record with { State = OperationState.Running, EndedAt = null, Failure = null }, workflow)
            : new(record, workflow);
}
