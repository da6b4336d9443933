namespace Baas.Cli.Api;

/// <summary>A problem that the API has answered with.</summary>
internal sealed record ApiProblem
{
    public int Status { get; init; }

    public string Code { get; init; } = "";

    public string Detail { get; init; } = "";

    /// <summary>The operation that stands in the way.</summary>
    public string? Operation { get; init; }

    /// <summary>The transaction that it is about.</summary>
    public string? Transaction { get; init; }

    public string? TraceId { get; init; }

    public IReadOnlyList<ApiViolation> Violations { get; init; } = [];
}
