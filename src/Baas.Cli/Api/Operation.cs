namespace Baas.Cli.Api;

/// <summary>An operation as the CLI shows it.</summary>
internal sealed record Operation
{
    public required string Id { get; init; }

    public required string Network { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public string? OnFailure { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Message { get; init; }

    public Failure? Failure { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    public bool HasSucceeded => State == "succeeded";
}
