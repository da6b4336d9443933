namespace Baas.Core.Storage;

/// <summary>The one store. Names are paths with <c>/</c>; every write is whole or not at all.</summary>
public interface IBlobStore
{
    /// <summary>A blob with its tag; null when absent.</summary>
    /// <exception cref="StorageException">The store could not be asked: that is never read as absence.</exception>
    Task<Blob?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a blob when <paramref name="condition"/> holds. Durable when the task completes.</summary>
    /// <returns>The new tag.</returns>
    /// <exception cref="BlobConflictException">The condition does not hold.</exception>
    Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>Opens a blob to be read as a stream; null when absent.</summary>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a blob from a stream of any length when <paramref name="condition"/> holds.</summary>
    /// <returns>The new tag.</returns>
    /// <exception cref="BlobConflictException">The condition does not hold.</exception>
    Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; the absent counts as deleted.</summary>
    /// <exception cref="BlobConflictException">The condition does not hold for a blob that is there.</exception>
    Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>The names that begin with <paramref name="prefix"/> and stand after <paramref name="after"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);
}
