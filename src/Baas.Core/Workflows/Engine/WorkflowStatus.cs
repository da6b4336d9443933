namespace Baas.Core.Workflows.Engine;

/// <summary>What a workflow has done so far.</summary>
public sealed record WorkflowStatus
{
    /// <summary>The instance's id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>Where it stands.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>Grows with every change of the instance or a child of it.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its calls in the order in which they were made, children with calls of their own.</summary>
    public required IReadOnlyList<CallStatus> Calls { get; init; }

    /// <summary>The last message it reported.</summary>
    public string? Message { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>The result as JSON; null before the end.</summary>
    public string? ResultJson { get; init; }
}
