namespace Baas.Cli.Api;

/// <summary>A message of the queue that was given up, as the CLI shows it.</summary>
internal sealed record PoisonMessage
{
    public required string Id { get; init; }

    public string? Tenant { get; init; }

    public string? Network { get; init; }

    public string? Operation { get; init; }

    public required string Reason { get; init; }

    public required int Deliveries { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset PoisonedAt { get; init; }

    public required string Content { get; init; }
}
