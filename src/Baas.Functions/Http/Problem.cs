using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>An RFC 9457 problem: what every answer that is no success looks like.</summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem: <c>urn:baas:problem:{code}</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Stable code, documented in docs/errors.md.</summary>
    public required string Code { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>The path of the request.</summary>
    public required string Instance { get; init; }

    /// <summary>The operation that stands in the way.</summary>
    public OperationId? Operation { get; init; }

    /// <summary>The transaction that it is about.</summary>
    public string? Transaction { get; init; }

    /// <summary>All that is wrong with the document that was sent.</summary>
    public IReadOnlyList<Violation>? Violations { get; init; }

    /// <summary>The id under which the service logged the failure; only for failures of its own.</summary>
    public string? TraceId { get; init; }
}
