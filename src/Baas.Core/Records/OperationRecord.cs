using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Records;

/// <summary>What is on record about one operation; the workflow's last step writes how it ended.</summary>
public sealed record OperationRecord
{
    /// <summary>The operation's id, which is also its workflow's instance id.</summary>
    public required OperationId Id { get; init; }

    /// <summary>The network that it changes.</summary>
    public required NetworkReference Network { get; init; }

    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>What becomes of a half-made network.</summary>
    public required OnFailure OnFailure { get; init; }

    /// <summary>Where it stands.</summary>
    public required OperationState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked: the id of an API key or the subject of a token.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>The operation that this one tries again; null for the first try.</summary>
    public OperationId? RetryOf { get; init; }

    /// <summary>What the workflow needs beside the network's specification; null for nothing.</summary>
    public JsonElement? Arguments { get; init; }
}
