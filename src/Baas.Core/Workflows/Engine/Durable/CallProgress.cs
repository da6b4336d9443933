using System.Text.Json.Serialization;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>One call as it is shown. Engines limit how much a workflow may show of itself, so the names are short.</summary>
internal sealed class CallProgress
{
    /// <summary>The call's number, from 0.</summary>
    [JsonPropertyName("p")]
    public required int Position { get; init; }

    /// <summary>What kind of call.</summary>
    [JsonPropertyName("k")]
    public required CallKind Kind { get; init; }

    /// <summary>The name of the step, child workflow or event.</summary>
    [JsonPropertyName("n")]
    public required string Name { get; init; }

    /// <summary>What it works on.</summary>
    [JsonPropertyName("s")]
    public required string Subject { get; init; }

    /// <summary>When the call was made.</summary>
    [JsonPropertyName("b")]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [JsonPropertyName("e")]
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Where it stands.</summary>
    [JsonPropertyName("t")]
    public WorkflowState State { get; set; } = WorkflowState.Running;

    /// <summary>The number of the current or last attempt.</summary>
    [JsonPropertyName("a")]
    public int Attempt { get; set; } = 1;

    /// <summary>The code of the last failure; null when there was none.</summary>
    [JsonPropertyName("c")]
    public string? ErrorCode { get; set; }

    /// <summary>Its message.</summary>
    [JsonPropertyName("m")]
    public string? ErrorMessage { get; set; }

    /// <summary>What a look saw instead of what is waited for.</summary>
    [JsonPropertyName("u")]
    public string? Unmet { get; set; }

    /// <summary>What is shown of it to people.</summary>
    /// <param name="calls">The calls of the child workflow for which it stands.</param>
    public CallStatus Show(IReadOnlyList<CallStatus> calls) => new()
    {
        Kind = Kind,
        Name = Name,
        Subject = Subject,
        State = State,
        Attempt = Attempt,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        ErrorCode = ErrorCode,
        ErrorMessage = ErrorMessage,
        Unmet = Unmet,
        Calls = calls,
    };
}
