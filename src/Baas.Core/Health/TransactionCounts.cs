namespace Baas.Core.Health;

/// <summary>How many transactions a peer has committed.</summary>
/// <param name="Valid">Those that count.</param>
/// <param name="Invalid">Those that were found invalid, and changed nothing.</param>
public sealed record TransactionCounts(long Valid, long Invalid);
