namespace Baas.Core.Storage;

/// <summary>Wraps the data keys that encrypt secrets. The master key itself never leaves its keeper.</summary>
public interface IMasterKey
{
    /// <summary>Names the key without telling it; stored beside what it wraps.</summary>
    Task<string> GetIdAsync(CancellationToken cancellationToken);

    /// <summary>Wraps a data key for one purpose.</summary>
    /// <param name="dataKey">The key to protect.</param>
    /// <param name="purpose">What it is for; the same text is needed to unwrap it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<byte[]> WrapAsync(ReadOnlyMemory<byte> dataKey, string purpose, CancellationToken cancellationToken);

    /// <summary>Unwraps a data key.</summary>
    /// <exception cref="StorageException">It was wrapped by another key or for another purpose, or was tampered with (<c>secret-unreadable</c>).</exception>
    Task<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, string purpose, CancellationToken cancellationToken);
}
