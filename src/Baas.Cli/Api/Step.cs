namespace Baas.Cli.Api;

/// <summary>A step of an operation, or a group of them.</summary>
internal sealed record Step
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string State { get; init; }

    public int Attempt { get; init; } = 1;

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? Unmet { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    public bool IsGroup => Kind == "workflow";

    public bool IsRunning => EndedAt is null;

    /// <summary>Whether it looked for what is not there yet.</summary>
    public bool IsWaiting => Unmet is not null;

    public bool HasFailed => State is "failed" or "canceled";
}
