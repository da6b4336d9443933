using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>Makes a status of recorded rows, of the file's or of those in memory.</summary>
internal static class StatusBuilder
{
    /// <summary>The status of one instance with its children.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="find">The instance of an id; null when there is none.</param>
    /// <param name="revision">The revision.</param>
    public static WorkflowStatus Build(InstanceHistory instance, Func<string, InstanceHistory?> find, long revision) => new()
    {
        InstanceId = instance.Row.Id,
        Workflow = instance.Row.Workflow,
        State = instance.Row.State,
        Revision = revision,
        CreatedAt = instance.Row.CreatedAt,
        EndedAt = instance.Row.EndedAt,
        Calls = Calls(instance, find),
        Message = instance.Row.Message,
        Failure = instance.Row.Failure,
        ResultJson = instance.Row.Result,
    };

    private static IReadOnlyList<CallStatus> Calls(InstanceHistory instance, Func<string, InstanceHistory?> find) =>
        [.. instance.Calls.Select(call => Call(call, call.Kind == CallKind.Workflow ? find($"{instance.Row.Id}/{call.Position}") : null, find))];

    private static CallStatus Call(CallRow call, InstanceHistory? child, Func<string, InstanceHistory?> find) => new()
    {
        Kind = call.Kind,
        Name = call.Name,
        Subject = call.Subject,
        State = call.State,
        Attempt = AttemptOf(call),
        StartedAt = call.StartedAt,
        EndedAt = call.EndedAt,
        ErrorCode = call.ErrorCode,
        ErrorMessage = call.ErrorMessage,
        Unmet = call.Kind == CallKind.Step ? RecordedLook.UnmetIn(call.Output) : null,
        Calls = child is null ? [] : Calls(child, find),
    };

    /// <summary>A call that failed, or waits to be tried again, shows its last attempt; others the one under way.</summary>
    private static int AttemptOf(CallRow call) =>
        call.State is WorkflowState.Failed or WorkflowState.Canceled || call.NextAttemptAt is not null ? Math.Max(1, call.Failures) : call.Failures + 1;
}
