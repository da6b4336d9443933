using Baas.Core.Operations.Transactions;

namespace Baas.Functions.Http;

/// <summary>What is known of a transaction.</summary>
public sealed record TransactionResource
{
    /// <summary>The status of what has taken effect.</summary>
    public const string Valid = "VALID";

    /// <summary>The status of what no peer has yet. It may come.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>The transaction's id.</summary>
    public required string TransactionId { get; init; }

    /// <summary>What peers found: <c>VALID</c>, <c>MVCC_READ_CONFLICT</c> and so on; <c>UNKNOWN</c> when no peer has it yet.</summary>
    public required string Status { get; init; }

    /// <summary>The block that holds it.</summary>
    public ulong? BlockNumber { get; init; }

    internal static TransactionResource Of(TransactionState state) => new() { TransactionId = state.TransactionId, Status = state.ValidationCode ?? Unknown, BlockNumber = state.BlockNumber };
}
