using Baas.Core.Archives.Agents;

namespace Baas.Core.Storage.Backups;

/// <summary>Gives out short-lived addresses of blobs, so that data goes past the service where the store can do that.</summary>
public interface IPartsAddresses
{
    /// <summary>An address that new blobs can be sent to and nothing can be read or replaced with.</summary>
    /// <param name="folder">The folder of the blobs, with its closing slash.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PartsAddress> ForSendingAsync(string folder, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>An address that blobs can be read from and nothing else.</summary>
    /// <param name="folder">The folder of the blobs, with its closing slash.</param>
    /// <param name="only">The one blob below it that may be read; null for all.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PartsAddress> ForReadingAsync(string folder, string? only, TimeSpan lifetime, CancellationToken cancellationToken);
}
