namespace Baas.Cli.Api;

/// <summary>A network as the CLI shows it.</summary>
internal sealed record Network
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public required string FabricVersion { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? ActiveOperation { get; init; }

    public required string LastOperation { get; init; }

    public IReadOnlyList<Leftover> Leftovers { get; init; } = [];
}
