namespace Baas.Core.Operations;

/// <summary>A request that cannot be served as it stands; the caller can do something about it.</summary>
/// <param name="kind">What kind of refusal, for the status of the answer.</param>
/// <param name="code">Stable code, documented in docs/errors.md.</param>
/// <param name="message">One line for a person.</param>
public sealed class RefusedException(RefusalKind kind, string code, string message) : BaasException(code, message)
{
    /// <summary>What kind of refusal.</summary>
    public RefusalKind Kind { get; } = kind;

    /// <summary>The operation that stands in the way; null when none does.</summary>
    public Networks.OperationId? Operation { get; init; }

    /// <summary>The transaction that it is about, once there is one; null otherwise.</summary>
    public string? Transaction { get; init; }

    /// <summary>All that is wrong with the document that was sent; empty when it is not about one.</summary>
    public IReadOnlyList<Networks.Violation> Violations { get; init; } = [];
}
