using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads heights and block hashes of a node's ledgers, as its organization's administrator.</summary>
internal sealed class NodeLedgers(FabricAccess access, TimeProvider clock)
{
    /// <summary>How far the node's ledger of a channel is; null when it has none.</summary>
    public async Task<long?> FindHeightAsync(NetworkReference network, NodeEndpoint node, ChannelName channel, CancellationToken cancellationToken)
    {
        if (node.Role == NodeRole.Orderer)
        {
            var connection = await access.ConnectAsAdministratorAsync(network, node, cancellationToken);
            return (long?)(await new ChannelParticipation(connection).FindAsync(channel, cancellationToken))?.Height;
        }

        using var administrator = await access.AdministratorOfAsync(network, node.Node.Organization, cancellationToken);
        var peer = new PeerAdmin(new Endorser(await access.ConnectAsync(network, node, cancellationToken), administrator, clock));
        var channels = await peer.ListChannelsAsync(cancellationToken);
        return channels.Contains(channel) ? (long)(await peer.ReadLedgerAsync(channel, cancellationToken)).Height : null;
    }

    /// <summary>The hash of a block's header, lower-case hexadecimal.</summary>
    public async Task<string> ReadHashAsync(NetworkReference network, NodeEndpoint node, ChannelName channel, long number, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(BlockHashes.OfHeader((await ReadBlockAsync(network, node, channel, (ulong)number, cancellationToken)).Header));

    private async Task<Block> ReadBlockAsync(NetworkReference network, NodeEndpoint node, ChannelName channel, ulong number, CancellationToken cancellationToken)
    {
        var connection = await access.ConnectAsync(network, node, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(network, node.Node.Organization, cancellationToken);
        return node.Role == NodeRole.Orderer
            ? await new BlockDelivery(connection, administrator, clock).ReadAsync(channel, number, cancellationToken)
            : await new PeerAdmin(new Endorser(connection, administrator, clock)).ReadBlockAsync(channel, number, cancellationToken);
    }
}
