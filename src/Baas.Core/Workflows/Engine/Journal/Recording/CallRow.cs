namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>One call of a workflow as recorded: the intent, the attempts so far and the outcome.</summary>
internal sealed record CallRow
{
    /// <summary>The instance's key.</summary>
    public required long Instance { get; init; }

    /// <summary>Its place among the instance's calls, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>What kind of call.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The name of the step, workflow or event.</summary>
    public required string Name { get; init; }

    /// <summary>What it works on.</summary>
    public required string Subject { get; init; }

    /// <summary>The hash of its input; empty for one too large to record.</summary>
    public required string InputHash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public WorkflowState State { get; init; } = WorkflowState.Running;

    /// <summary>How many attempts have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the next attempt is due; null when none is waited for.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The step that failed: this one, or one of a child workflow.</summary>
    public string? ErrorStep { get; init; }

    /// <summary>What that step worked on.</summary>
    public string? ErrorSubject { get; init; }

    /// <summary>The code of the last failure.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Its message.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The output as JSON.</summary>
    public string? Output { get; init; }

    /// <summary>The place of the outcome among the results that the workflow was handed, from 1; 0 when it has none yet.</summary>
    public long Sequence { get; init; }

    /// <summary>When the outcome was handed to the workflow.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether there is an outcome.</summary>
    public bool IsEnded => Sequence > 0;
}
