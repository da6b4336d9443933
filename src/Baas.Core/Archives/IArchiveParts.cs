namespace Baas.Core.Archives;

/// <summary>Where the parts of one volume's archives are kept: over HTTP for the agent, in the blob store for the service.</summary>
public interface IArchiveParts
{
    /// <summary>Stores a part unless one of that name is there; either way one is there afterwards.</summary>
    /// <returns>Whether it was stored now.</returns>
    /// <exception cref="BaasException">The store could not be asked, is full or refuses.</exception>
    Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>A part; null when it is not there.</summary>
    /// <exception cref="BaasException">The store could not be asked.</exception>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);
}
