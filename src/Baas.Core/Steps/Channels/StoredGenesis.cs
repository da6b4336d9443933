using Baas.Core.Networks;
using Baas.Core.Storage;

namespace Baas.Core.Steps.Channels;

/// <summary>The genesis block that nodes join with: always the stored one.</summary>
internal static class StoredGenesis
{
    /// <summary>Reads it.</summary>
    /// <exception cref="StorageException">None is stored (<c>genesis-missing</c>).</exception>
    public static async Task<byte[]> ReadAsync(ArtifactStore artifacts, NetworkReference network, ChannelName channel, CancellationToken cancellationToken) =>
        await artifacts.FindGenesisAsync(network, channel, cancellationToken)
        ?? throw new StorageException("genesis-missing", $"cannot read genesis block of channel \"{channel}\": none is stored for {network}");
}
