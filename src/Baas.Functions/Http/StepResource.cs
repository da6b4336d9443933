using Baas.Core.Workflows.Engine;

namespace Baas.Functions.Http;

/// <summary>One step of an operation, the undoing of one, or a group of them.</summary>
public sealed record StepResource
{
    /// <summary>What it is: <c>step</c>, <c>undo</c>, <c>workflow</c> (a group), <c>delay</c> or <c>event</c>.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it works on.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it stands.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>The number of the current or last attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; absent while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The code of the last failed attempt.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Its message.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What a step that looks saw instead of what is waited for; absent when that was there. It is looked again until then, or until the deadline.</summary>
    public string? Unmet { get; init; }

    /// <summary>The steps of a group.</summary>
    public IReadOnlyList<StepResource>? Steps { get; init; }

    internal static IReadOnlyList<StepResource> Of(IReadOnlyList<CallStatus> calls) => [.. calls.Select(Of)];

    private static StepResource Of(CallStatus call) => new()
    {
        Kind = call.Kind,
        Name = call.Name,
        Subject = call.Subject,
        State = call.State,
        Attempt = call.Attempt,
        StartedAt = call.StartedAt,
        EndedAt = call.EndedAt,
        ErrorCode = call.ErrorCode,
        ErrorMessage = call.ErrorMessage,
        Unmet = call.Unmet,
        Steps = call.Kind == CallKind.Workflow ? Of(call.Calls) : null,
    };
}
