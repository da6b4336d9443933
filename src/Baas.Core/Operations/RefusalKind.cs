namespace Baas.Core.Operations;

/// <summary>Why a request is refused.</summary>
public enum RefusalKind
{
    /// <summary>The document or a parameter is wrong.</summary>
    Invalid,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>Something else stands in the way: busy, or existing already.</summary>
    Conflict,

    /// <summary>The record is not the one that the caller has seen (If-Match).</summary>
    PreconditionFailed,

    /// <summary>Understood, but contradicting what was asked before (an idempotency key used for something else).</summary>
    Unprocessable,

    /// <summary>Nodes cannot serve it now, and may later.</summary>
    Unavailable,

    /// <summary>A node fails, and will again.</summary>
    NodeFailed,

    /// <summary>Nobody knows in time whether it was done.</summary>
    TimedOut,
}
