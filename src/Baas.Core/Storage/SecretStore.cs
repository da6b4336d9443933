using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Baas.Core.Storage;

/// <summary>
/// Keeps secrets in a blob store, encrypted. Each scope has a data key of its own, which the master key wraps. Data keys are kept in memory.
/// </summary>
internal sealed class SecretStore
{
    private readonly IBlobStore _blobs;
    private readonly IMasterKey _masterKey;
    private readonly ConcurrentDictionary<SecretScope, OpenKey> _keys;

    /// <summary>Opens the secrets of a store.</summary>
    public SecretStore(IBlobStore blobs, IMasterKey masterKey)
        : this(blobs, masterKey, [])
    {
    }

    private SecretStore(IBlobStore blobs, IMasterKey masterKey, ConcurrentDictionary<SecretScope, OpenKey> keys) => (_blobs, _masterKey, _keys) = (blobs, masterKey, keys);

    /// <summary>The same secrets, read by another way to the same store; data keys are unwrapped once for both.</summary>
    public SecretStore Through(IBlobStore blobs) => new(blobs, _masterKey, _keys);

    /// <summary>A secret; null when absent.</summary>
    /// <exception cref="StorageException">The store could not be asked, or the secret cannot be decrypted (<c>secret-unreadable</c>).</exception>
    public async Task<byte[]?> GetAsync(SecretScope scope, string secret, CancellationToken cancellationToken)
    {
        var name = scope.BlobOf(secret);
        var blob = await _blobs.GetAsync(name, cancellationToken);
        return blob is null ? null : await OpenAsync(scope, name, blob.Content, cancellationToken);
    }

    /// <summary>Stores a secret unless one is there already.</summary>
    /// <returns>What is stored now: of two racing callers both get the same.</returns>
    public async Task<byte[]> PutIfAbsentAsync(SecretScope scope, string secret, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // A second run is the common case: look before a key is made or unwrapped.
        byte[]? stored;
        while ((stored = await GetAsync(scope, secret, cancellationToken)) is null)
        {
            try
            {
                await SealAsync(scope, secret, content, BlobCondition.Absent, cancellationToken);
                return content.ToArray();
            }
            catch (BlobConflictException)
            {
                // Somebody else was first: theirs counts, and is read by the next turn.
                continue;
            }
        }

        return stored;
    }

    /// <summary>Stores a secret, in place of one that may be there.</summary>
    public Task PutAsync(SecretScope scope, string secret, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        SealAsync(scope, secret, content, BlobCondition.None, cancellationToken);

    /// <summary>Deletes a secret; the absent counts as deleted.</summary>
    public Task DeleteAsync(SecretScope scope, string secret, CancellationToken cancellationToken) =>
        _blobs.DeleteAsync(scope.BlobOf(secret), BlobCondition.None, cancellationToken);

    /// <summary>The names of the scope's secrets that begin with <paramref name="prefix"/>, in ordinal order.</summary>
    public async IAsyncEnumerable<string> ListAsync(SecretScope scope, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in _blobs.ListAsync(scope.Folder + prefix, null, cancellationToken))
        {
            if (name != scope.DataKeyName)
            {
                yield return name[scope.Folder.Length..];
            }
        }
    }

    /// <summary>Deletes all secrets of a scope, its data key last.</summary>
    public async Task DeleteAllAsync(SecretScope scope, CancellationToken cancellationToken)
    {
        await foreach (var secret in ListAsync(scope, "", cancellationToken))
        {
            await DeleteAsync(scope, secret, cancellationToken);
        }

        await _blobs.DeleteAsync(scope.DataKeyName, BlobCondition.None, cancellationToken);
        _keys.TryRemove(scope, out _);
    }

    private async Task SealAsync(SecretScope scope, string secret, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var name = scope.BlobOf(secret);
        var key = await KeyForWritingAsync(scope, cancellationToken);
        await _blobs.PutAsync(name, SecretBox.Seal(key.Key, key.Id, name, content.Span), condition, cancellationToken);
    }

    private async Task<byte[]> OpenAsync(SecretScope scope, string name, ReadOnlyMemory<byte> box, CancellationToken cancellationToken)
    {
        try
        {
            var id = SecretBox.KeyIdOf(box.Span);
            var key = _keys.TryGetValue(scope, out var known) && known.Id == id ? known : await ReadKeyAsync(scope, cancellationToken);
            return SecretBox.Open((key ?? throw new CryptographicException("Its data key is gone.")).Key, name, box.Span);
        }
        catch (CryptographicException failure)
        {
            throw Unreadable("secret", name, failure);
        }
    }

    // A scope may have been deleted and made again by another process: what is written must be readable with the key that is stored now,
    // so the stored record is read every time (it is unwrapped only when it is another one).
    private async Task<OpenKey> KeyForWritingAsync(SecretScope scope, CancellationToken cancellationToken)
    {
        OpenKey? key;
        while ((key = await ReadKeyAsync(scope, cancellationToken)) is null)
        {
            var fresh = RandomNumberGenerator.GetBytes(SecretBox.KeyLength);
            var wrapped = await _masterKey.WrapAsync(fresh, scope.DataKeyName, cancellationToken);
            var record = new DataKey(1, Guid.NewGuid(), await _masterKey.GetIdAsync(cancellationToken), wrapped);
            try
            {
                await _blobs.PutAsync(scope.DataKeyName, StorageJson.Write(record), BlobCondition.Absent, cancellationToken);
                return _keys[scope] = new OpenKey(record.Id, fresh);
            }
            catch (BlobConflictException)
            {
                // Somebody else was first: theirs is read by the next turn.
                continue;
            }
        }

        return key;
    }

    private async Task<OpenKey?> ReadKeyAsync(SecretScope scope, CancellationToken cancellationToken)
    {
        if (await _blobs.GetAsync(scope.DataKeyName, cancellationToken) is not { } blob)
        {
            return null;
        }

        var record = StorageJson.Read<DataKey>(scope.DataKeyName, blob.Content.Span);
        if (_keys.TryGetValue(scope, out var known) && known.Id == record.Id)
        {
            return known;
        }

        var current = await _masterKey.GetIdAsync(cancellationToken);
        return record.Version == 1 && record.MasterKeyId == current
            ? _keys[scope] = new OpenKey(record.Id, await _masterKey.UnwrapAsync(record.Wrapped, scope.DataKeyName, cancellationToken))
            : throw Unreadable("data key", scope.DataKeyName, new CryptographicException($"it was wrapped by master key {record.MasterKeyId}, and the present one is {current}"));
    }

    private static StorageException Unreadable(string kind, string name, CryptographicException cause) =>
        new("secret-unreadable", $"cannot decrypt {kind} \"{name}\": {cause.Message}", cause);

    private sealed record OpenKey(Guid Id, byte[] Key)
    {
        public override string ToString() => $"OpenKey {Id}";
    }
}
