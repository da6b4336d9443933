using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>What a call ended with.</summary>
/// <param name="State">Completed, failed or canceled.</param>
/// <param name="Output">The output as JSON; null for a failure.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="Subject">What that worked on.</param>
/// <param name="Code">The failure's code.</param>
/// <param name="Message">Its message.</param>
internal sealed record Outcome(WorkflowState State, string? Output, string? Step, string? Subject, string? Code, string? Message)
{
    /// <summary>What a call gives that has no output.</summary>
    public const string NoOutput = "null";

    /// <summary>A success.</summary>
    public static Outcome Success(string output) => new(WorkflowState.Completed, output, null, null, null, null);

    /// <summary>A failure for good of the call itself.</summary>
    public static Outcome Failure(CallRow call, StepFault fault) => new(StateOf(fault.Code), null, call.Name, call.Subject, fault.Code, fault.Message);

    /// <summary>A call that ended because its workflow was cancelled.</summary>
    public static Outcome Canceled(CallRow call)
    {
        var last = call.ErrorMessage is null ? "" : $"; its last attempt failed: {call.ErrorMessage}";
        return Failure(call, new StepFault(StepFailedException.Canceled, $"cannot finish \"{call.Name}\": the workflow was cancelled{last}", false));
    }

    /// <summary>What a child workflow ended with.</summary>
    public static Outcome Of(InstanceRow child) => child.Failure is { } failure
        ? new(child.State, null, failure.Step, failure.Subject, failure.Code, failure.Message)
        : Success(child.Result ?? NoOutput);

    /// <summary>The state that goes with a failure's code.</summary>
    public static WorkflowState StateOf(string code) => code == StepFailedException.Canceled ? WorkflowState.Canceled : WorkflowState.Failed;
}
