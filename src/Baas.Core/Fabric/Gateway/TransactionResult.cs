namespace Baas.Core.Fabric.Gateway;

/// <summary>A transaction that has taken effect.</summary>
/// <param name="TransactionId">Its id.</param>
/// <param name="Result">What the chaincode returned.</param>
/// <param name="BlockNumber">The block that holds it.</param>
public sealed record TransactionResult(string TransactionId, ReadOnlyMemory<byte> Result, ulong BlockNumber);
