using System.Security.Cryptography;
using System.Text;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations;

/// <summary>Binds idempotency keys to the requests on which they came first.</summary>
internal sealed class IdempotencyKeys(RecordStore records, TransactionStore transactions, TimeProvider clock)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>What a key is called in the store: its SHA-256, as it may be a secret of the caller.</summary>
    public static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Binds a key to a request, or gives what it was bound to before.</summary>
    /// <param name="records">Where it is kept.</param>
    /// <param name="request">The request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="record">What is kept when the key is new.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">The key stood on another request (<c>idempotency-key-reused</c>).</exception>
    public static async Task<(IdempotencyRecord Record, bool IsRepetition)> BindAsync(
        RecordStore records, ChangeRequest request, string key, IdempotencyRecord record, CancellationToken cancellationToken)
    {
        var (stored, wasThere) = await records.PutIfAbsentAsync(RecordNames.Idempotency(request.Tenant, NameOf(key)), record, cancellationToken);
        return stored.Record.RequestHash == request.RequestHash
            ? (stored.Record, wasThere)
            : throw new RefusedException(
                RefusalKind.Unprocessable, "idempotency-key-reused", "cannot use the idempotency key: it stood on another request; take a new key for a new request");
    }

    /// <summary>Forgets the keys that are older than <see cref="Lifetime"/>, with the transactions that they stand for.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        await foreach (var (name, stored) in records.ListAsync<IdempotencyRecord>(RecordNames.IdempotencyKeys, null, cancellationToken))
        {
            if (stored.Record.CreatedAt < oldest)
            {
                if (stored.Record.Network is { } network)
                {
                    await transactions.DeleteAsync(network, Path.GetFileNameWithoutExtension(name), cancellationToken);
                }

                await records.DeleteAsync(name, BlobCondition.None, cancellationToken);
            }
        }
    }
}
