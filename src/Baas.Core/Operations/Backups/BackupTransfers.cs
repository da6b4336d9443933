using Baas.Core.Archives;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>Takes and gives parts for agents, where the store has no addresses of its own. Who may do what is told by a signed token, not by a role.</summary>
internal sealed class BackupTransfers(IBlobStore blobs, TransferAddresses? addresses = null)
{
    /// <summary>The most bytes of a part.</summary>
    public static int MaxBytes => PartBox.MaxLength;

    /// <summary>Whether a token allows to send a part, or to read it.</summary>
    public async Task<bool> AllowsAsync(string token, string blob, bool isSending, CancellationToken cancellationToken) =>
        addresses is not null && await addresses.AllowsAsync(token, blob, isSending, cancellationToken);

    /// <summary>Stores a part unless one of that name is there.</summary>
    /// <returns>Whether it was stored now.</returns>
    public async Task<bool> PutAsync(string blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.PutAsync(blob, content, BlobCondition.Absent, cancellationToken);
            return true;
        }
        catch (BlobConflictException)
        {
            return false;
        }
    }

    /// <summary>A part; null when it is not there.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(string blob, CancellationToken cancellationToken) => (await blobs.GetAsync(blob, cancellationToken))?.Content;
}
