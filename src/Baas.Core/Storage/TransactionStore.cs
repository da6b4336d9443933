using Baas.Core.Networks;

namespace Baas.Core.Storage;

/// <summary>Transactions that are kept, endorsed and signed, until their idempotency key is forgotten. Encrypted, as arguments are the caller's own; no part of backups.</summary>
internal sealed class TransactionStore(SecretStore secrets)
{
    /// <summary>The transaction of a key; null when there is none.</summary>
    public Task<byte[]?> FindAsync(NetworkReference network, string key, CancellationToken cancellationToken) =>
        secrets.GetAsync(ArtifactNames.Transactions(network), ArtifactNames.Transaction(key), cancellationToken);

    /// <summary>Keeps a transaction unless the key has one.</summary>
    /// <returns>The one that is stored now: the one that counts.</returns>
    public Task<byte[]> AddAsync(NetworkReference network, string key, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken) =>
        secrets.PutIfAbsentAsync(ArtifactNames.Transactions(network), ArtifactNames.Transaction(key), transaction, cancellationToken);

    /// <summary>Deletes the transaction of a key; the absent counts as deleted.</summary>
    public Task DeleteAsync(NetworkReference network, string key, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(ArtifactNames.Transactions(network), ArtifactNames.Transaction(key), cancellationToken);

    /// <summary>Deletes all transactions of a network.</summary>
    public Task DeleteAllAsync(NetworkReference network, CancellationToken cancellationToken) =>
        secrets.DeleteAllAsync(ArtifactNames.Transactions(network), cancellationToken);
}
