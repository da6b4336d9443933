using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>Which request an idempotency key stood on, so that the same request gets the same answer.</summary>
/// <param name="RequestHash">SHA-256 of method, path and body, lower-case hex.</param>
/// <param name="Operation">The operation that the request began; null for a transaction.</param>
/// <param name="CreatedAt">When it came first.</param>
/// <param name="Network">The network of the transaction; null for an operation.</param>
public sealed record IdempotencyRecord(string RequestHash, OperationId? Operation, DateTimeOffset CreatedAt, NetworkReference? Network = null);
