namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>One workflow instance as recorded.</summary>
internal sealed record InstanceRow
{
    /// <summary>The number by which its calls refer to it.</summary>
    public required long Key { get; init; }

    /// <summary>Its id; a child's is its parent's, a slash and the position of the call.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the instance that somebody outside started.</summary>
    public required string Root { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>What it works on.</summary>
    public required string Subject { get; init; }

    /// <summary>Its input as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Whether it runs to its end even when cancelled.</summary>
    public bool IsCompensating { get; init; }

    /// <summary>The W3C trace context of the root; null when nobody traces.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public WorkflowState State { get; init; } = WorkflowState.Running;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The place of the cancellation among the results that the workflow was handed; 0 when there was none.</summary>
    public long CanceledSequence { get; init; }

    /// <summary>When it was cancelled.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>The last reported message.</summary>
    public string? Message { get; init; }

    /// <summary>Why it failed.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>What it ended with, as JSON.</summary>
    public string? Result { get; init; }

    /// <summary>The last revision of its root's status.</summary>
    public long Revision { get; init; }

    /// <summary>Whether somebody outside started it.</summary>
    public bool IsRoot => Id == Root;

    /// <summary>The id of the root of the instance with the given id.</summary>
    public static string RootOf(string instanceId) => instanceId.Split('/', 2)[0];
}
