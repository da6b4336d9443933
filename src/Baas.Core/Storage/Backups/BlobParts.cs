using System.Runtime.CompilerServices;
using Baas.Core.Archives;

namespace Baas.Core.Storage.Backups;

/// <summary>The parts of one volume's archives in the blob store.</summary>
/// <param name="blobs">The store.</param>
/// <param name="folder">The folder of the parts, with its closing slash.</param>
internal sealed class BlobParts(IBlobStore blobs, string folder) : IArchiveParts
{
    /// <inheritdoc/>
    public async Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.PutAsync(folder + name, content, BlobCondition.Absent, cancellationToken);
            return true;
        }
        catch (BlobConflictException)
        {
            return false;
        }
    }

    /// <summary>Stores a part in the place of the one that is there.</summary>
    public Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => blobs.PutAsync(folder + name, content, BlobCondition.None, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => (await blobs.GetAsync(folder + name, cancellationToken))?.Content.ToArray();

    /// <summary>The names of all parts that are named by their content.</summary>
    public async IAsyncEnumerable<string> ChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in blobs.ListAsync(folder + PartNames.Chunks, null, cancellationToken))
        {
            yield return name[(folder.Length + PartNames.Chunks.Length)..];
        }
    }

    /// <summary>Deletes a part; the absent counts as deleted.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => blobs.DeleteAsync(folder + name, BlobCondition.None, cancellationToken);

    /// <summary>Writes the list of known parts anew for an agent.</summary>
    public Task WriteKnownAsync(byte[] known, CancellationToken cancellationToken) => blobs.PutAsync(folder + PartNames.Known, known, BlobCondition.None, cancellationToken);
}
