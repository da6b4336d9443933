namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>What a distributed engine knows of an instance.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="State">Where it stands by the engine's own account.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="UpdatedAt">When it changed last; when it ended, for one that has.</param>
/// <param name="Progress">What it shows; null before its first turn.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
internal sealed record DurableInstance(string Workflow, WorkflowState State, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, WorkflowProgress? Progress, WorkflowOutcome? Outcome)
{
    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => State is not (WorkflowState.Pending or WorkflowState.Running);

    /// <summary>The status of an instance with its children; null when the id is unknown.</summary>
    /// <param name="id">The instance's id.</param>
    /// <param name="find">Looks an instance up.</param>
    public static async Task<WorkflowStatus?> StatusAsync(string id, Func<string, Task<DurableInstance?>> find)
    {
        if (await find(id) is not { } instance)
        {
            return null;
        }

        var (calls, below) = await CallsAsync(id, instance, find);
        return new WorkflowStatus
        {
            InstanceId = id,
            Workflow = instance.Workflow,
            State = instance.State,
            Revision = instance.Outcome?.Revision ?? (instance.Progress?.Revision ?? 0) + below,
            CreatedAt = instance.CreatedAt,
            EndedAt = instance.HasEnded ? instance.UpdatedAt : null,
            Calls = calls,
            Message = instance.Progress?.Message,
            Failure = instance.Outcome?.Failure,
            ResultJson = instance.Outcome is { Failure: null } ended ? (ended.Result ?? DurablePayload.Null).GetRawText() : null,
        };
    }

    /// <summary>The calls of an instance, and the revisions of the children that have not been absorbed by it.</summary>
    private static async Task<(IReadOnlyList<CallStatus> Calls, long Revision)> CallsAsync(string id, DurableInstance instance, Func<string, Task<DurableInstance?>> find)
    {
        var shown = await Task.WhenAll((instance.Progress?.Calls ?? []).Select(async call =>
        {
            var child = call.Kind == CallKind.Workflow ? await StatusAsync($"{id}/{call.Position}", find) : null;
            return (Call: call.Show(child?.Calls ?? []), Revision: call.EndedAt is null ? child?.Revision ?? 0 : 0);
        }));
        return ([.. shown.Select(one => one.Call)], shown.Sum(one => one.Revision));
    }
}
