using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>One call of a running instance. Changed within turns only.</summary>
internal sealed class Call(Instance instance, CallRow row, string? input)
{
    private const long LongestTimer = 40 * TimeSpan.MillisecondsPerDay; // the system's timers take up to 49 days

    // Not RunContinuationsAsynchronously: continuations have to run within the turn, on the pump, for the order to be repeatable.
    private readonly TaskCompletionSource<string> _completion = new();
    private volatile bool _hasBegun;
    private ITimer? _timer;

    /// <summary>The instance that made it.</summary>
    public Instance Instance { get; } = instance;

    /// <summary>What is recorded of it, or will be with the turn.</summary>
    public CallRow Row { get; set; } = row;

    /// <summary>The input as JSON; null once it has ended.</summary>
    public string? Input { get; private set; } = input;

    /// <summary>The id of the child workflow that it stands for.</summary>
    public string ChildId => $"{Instance.Row.Id}/{Row.Position}";

    /// <summary>Why it cannot be carried out at all; null for nearly all.</summary>
    public StepFault? Refusal { get; init; }

    /// <summary>When a delay or the wait for an event is over.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>Whether the child workflow runs to its end even when cancelled.</summary>
    public bool IsCompensating { get; init; }

    /// <summary>What the workflow awaits.</summary>
    public Task<string> Completion => _completion.Task;

    /// <summary>The row as shown to people: a step without a place to run yet is pending.</summary>
    public CallRow Shown => Row.IsEnded || _hasBegun || Row.Kind is not (CallKind.Step or CallKind.Undo) || Row.Failures > 0
        ? Row
        : Row with { State = WorkflowState.Pending };

    /// <summary>The call is being carried out from now on.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>Hands the recorded outcome to the workflow.</summary>
    public void End()
    {
        Disarm();
        Input = null;
        if (Row.State == WorkflowState.Completed)
        {
            _completion.SetResult(Row.Output ?? Outcome.NoOutput);
            return;
        }

        _completion.SetException(new StepFailedException(Row.ErrorStep ?? Row.Name, Row.ErrorSubject ?? Row.Subject, Row.ErrorCode ?? StepFault.InternalError, Row.ErrorMessage ?? ""));
        _ = _completion.Task.Exception; // a workflow that has failed already does not look at it any more
    }

    /// <summary>Waits for no time any more.</summary>
    public void Disarm() => _timer?.Dispose();

    /// <summary>Calls <paramref name="fire"/> when the time has come, or after forty days; the callee looks at the clock.</summary>
    public void Arm(TimeProvider clock, DateTimeOffset due, Action fire)
    {
        var wait = Math.Clamp(Math.Ceiling((due - clock.GetUtcNow()).TotalMilliseconds), 0, LongestTimer);
        Disarm();
        _timer = clock.CreateTimer(_ => fire(), null, TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
