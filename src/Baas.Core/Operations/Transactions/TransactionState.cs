namespace Baas.Core.Operations.Transactions;

/// <summary>What is known of a transaction.</summary>
/// <param name="TransactionId">Its id.</param>
/// <param name="ValidationCode">What peers found, such as <c>VALID</c>; null: no peer knows the transaction yet.</param>
/// <param name="BlockNumber">The block that holds it; null as above.</param>
public sealed record TransactionState(string TransactionId, string? ValidationCode, ulong? BlockNumber);
