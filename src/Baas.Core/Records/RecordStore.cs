using System.Runtime.CompilerServices;
using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Storage;

namespace Baas.Core.Records;

/// <summary>Reads and writes records as JSON blobs with optimistic concurrency.</summary>
/// <param name="blobs">The store.</param>
public sealed class RecordStore(IBlobStore blobs)
{
    /// <summary>Reads a record; null when absent.</summary>
    /// <exception cref="StorageException">The store could not be asked, or holds something else (<c>record-unreadable</c>).</exception>
    public async Task<Stored<TRecord>?> GetAsync<TRecord>(string name, CancellationToken cancellationToken) =>
        await blobs.GetAsync(name, cancellationToken) is { } blob ? new Stored<TRecord>(Read<TRecord>(name, blob.Content.Span), blob.Tag) : null;

    /// <summary>Writes a record when <paramref name="condition"/> holds.</summary>
    /// <exception cref="BlobConflictException">It does not hold.</exception>
    public async Task<Stored<TRecord>> PutAsync<TRecord>(string name, TRecord record, BlobCondition condition, CancellationToken cancellationToken) =>
        new(record, await blobs.PutAsync(name, JsonSerializer.SerializeToUtf8Bytes(record, NetworkJson.Options), condition, cancellationToken));

    /// <summary>Writes a record that must not be there yet, or gives the one that is.</summary>
    /// <returns>What is stored now, and whether it was there before.</returns>
    public async Task<(Stored<TRecord> Stored, bool WasThere)> PutIfAbsentAsync<TRecord>(string name, TRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return (await PutAsync(name, record, BlobCondition.Absent, cancellationToken), false);
        }
        catch (BlobConflictException)
        {
            // Somebody deleted it between the two calls: the caller may try again.
            var stored = await GetAsync<TRecord>(name, cancellationToken) ?? throw new BlobConflictException(name);
            return (stored, true);
        }
    }

    /// <summary>Changes a record that is there, again when somebody else was faster.</summary>
    /// <param name="name">The record's name.</param>
    /// <param name="change">Gives the new record, or null to leave it as it is; may run more than once.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The record as it is now; null when it is absent.</returns>
    public async Task<Stored<TRecord>?> ChangeAsync<TRecord>(string name, Func<TRecord, TRecord?> change, CancellationToken cancellationToken)
        where TRecord : class
    {
        while (true)
        {
            if (await GetAsync<TRecord>(name, cancellationToken) is not { } stored)
            {
                return null;
            }

            if (change(stored.Record) is not { } changed)
            {
                return stored;
            }

            try
            {
                return await PutAsync(name, changed, BlobCondition.Matches(stored.Tag), cancellationToken);
            }
            catch (BlobConflictException)
            {
                cancellationToken.ThrowIfCancellationRequested(); // another writer made progress: look again
            }
        }
    }

    /// <summary>Deletes a record; the absent counts as deleted.</summary>
    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(name, condition, cancellationToken);

    /// <summary>Records whose names begin with <paramref name="prefix"/> and stand after <paramref name="after"/>, in the order of their names.</summary>
    public async IAsyncEnumerable<(string Name, Stored<TRecord> Stored)> ListAsync<TRecord>(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in blobs.ListAsync(prefix, after, cancellationToken))
        {
            // What was deleted since the listing is no longer there.
            if (await GetAsync<TRecord>(name, cancellationToken) is { } stored)
            {
                yield return (name, stored);
            }
        }
    }

    /// <summary>The names of records that begin with <paramref name="prefix"/>, in their order.</summary>
    public IAsyncEnumerable<string> NamesAsync(string prefix, CancellationToken cancellationToken) => blobs.ListAsync(prefix, null, cancellationToken);

    private static TRecord Read<TRecord>(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<TRecord>(content, NetworkJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException failure)
        {
            throw new StorageException("record-unreadable", $"cannot read record \"{name}\": {failure.Message}", failure);
        }
    }
}
