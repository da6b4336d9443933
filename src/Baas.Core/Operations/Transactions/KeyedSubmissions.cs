using Baas.Core.Fabric.Gateway;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Transactions;

/// <summary>
/// Submits under an idempotency key so that no second transaction is ever ordered for it. The transaction is stored, endorsed and signed, before
/// it goes to the orderers. A repetition finds it, looks what became of it, and sends the same one again only when no peer has it: an id counts once.
/// </summary>
internal sealed class KeyedSubmissions(RecordStore records, TransactionStore transactions, TimeProvider clock)
{
    /// <summary>Submits a transaction, or finds out what became of the one that the key stands for.</summary>
    /// <exception cref="RefusedException">The key stood on another request (<c>idempotency-key-reused</c>).</exception>
    public async Task<TransactionResult> SubmitAsync(
        ChangeRequest change, string key, NetworkReference network, GatewayClient client, GatewayChaincode chaincode, ChaincodeRequest call, CancellationToken cancellationToken)
    {
        await IdempotencyKeys.BindAsync(records, change, key, new IdempotencyRecord(change.RequestHash, null, clock.GetUtcNow(), network), cancellationToken);
        var name = IdempotencyKeys.NameOf(key);
        if (await transactions.FindAsync(network, name, cancellationToken) is { } stored)
        {
            return await FinishAsync(client.Transaction(stored), cancellationToken);
        }

        var endorsed = await chaincode.Propose(call).EndorseAsync(cancellationToken);
        var counts = client.Transaction(await transactions.AddAsync(network, name, endorsed.Sign().ToBytes(), cancellationToken));

        // Another request with the same key may have been faster: then its transaction is the one.
        return counts.TransactionId == endorsed.TransactionId ? await counts.SubmitToEndAsync(cancellationToken) : await FinishAsync(counts, cancellationToken);
    }

    private static async Task<TransactionResult> FinishAsync(GatewayTransaction transaction, CancellationToken cancellationToken)
    {
        if (await transaction.Commit().LookAsync(cancellationToken) is not { } outcome)
        {
            return await transaction.SubmitToEndAsync(cancellationToken);
        }

        outcome.ThrowIfInvalid();
        return new TransactionResult(transaction.TransactionId, transaction.Result, outcome.BlockNumber);
    }
}
