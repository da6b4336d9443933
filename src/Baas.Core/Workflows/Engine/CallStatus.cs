namespace Baas.Core.Workflows.Engine;

/// <summary>One call of a workflow: a step, the undoing of one, a child workflow, or a wait.</summary>
public sealed record CallStatus
{
    /// <summary>What kind of call.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The step's or child workflow's name, or the awaited event's.</summary>
    public required string Name { get; init; }

    /// <summary>What it works on.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it stands.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>The number of the current or last attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When the call was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The code of the last failure, of the final one or of an attempt that is tried again; null when there was none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Its message.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What a look saw instead of what is waited for; null when that was there, and for calls that are no looks.</summary>
    public string? Unmet { get; init; }

    /// <summary>The calls of a child workflow; empty for others.</summary>
    public IReadOnlyList<CallStatus> Calls { get; init; } = [];
}
