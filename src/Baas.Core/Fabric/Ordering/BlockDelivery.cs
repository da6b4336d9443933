using System.Runtime.CompilerServices;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>Reads a channel's blocks from one orderer, as one identity that may read the channel. The connection belongs to the caller.</summary>
internal sealed class BlockDelivery(NodeConnection orderer, ISigner signer, TimeProvider clock)
{
    private static readonly TimeSpan OneBlock = TimeSpan.FromSeconds(30);

    /// <summary>The newest block.</summary>
    /// <exception cref="DeliveryRefusedException">The orderer said no; transient while the channel has no leader.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    /// <exception cref="GrpcException">The orderer broke off.</exception>
    public Task<Block> ReadNewestAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var newest = new SeekPosition { Newest = new SeekNewest() };
        return ReadOneAsync(channel, Seek(newest, newest), "read the newest block", cancellationToken);
    }

    /// <summary>One block. The orderer has to have it already.</summary>
    /// <exception cref="DeliveryRefusedException">The orderer said no; transient while the channel has no leader.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    /// <exception cref="GrpcException">The orderer broke off.</exception>
    public Task<Block> ReadAsync(ChannelName channel, ulong number, CancellationToken cancellationToken) =>
        ReadOneAsync(channel, Seek(At(number), At(number)), $"read block {number}", cancellationToken);

    /// <summary>The channel's configuration as it is now.</summary>
    /// <exception cref="DeliveryRefusedException">The orderer said no; transient while the channel has no leader.</exception>
    /// <exception cref="BlockInvalidException">The orderer sent something else.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    /// <exception cref="GrpcException">The orderer broke off.</exception>
    public async Task<ConfigBlock> ReadConfigAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var newest = await ReadNewestAsync(channel, cancellationToken);
        return ConfigBlock.Read(await ReadAsync(channel, BlockMetadataReader.LastConfigOf(newest), cancellationToken));
    }

    /// <summary>All blocks from a given one on, those to come included, until the caller stops.</summary>
    /// <exception cref="DeliveryRefusedException">The orderer said no, at once or later; transient while the channel has no leader.</exception>
    /// <exception cref="BlockInvalidException">A block does not follow the one before.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    /// <exception cref="GrpcException">The orderer broke off.</exception>
    public async IAsyncEnumerable<Block> FollowAsync(ChannelName channel, ulong first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seek = Seek(At(first), At(ulong.MaxValue));
        seek.Behavior = SeekInfo.Types.SeekBehavior.BlockUntilReady;
        await using var call = await OpenAsync(channel, seek, Timeout.InfiniteTimeSpan, cancellationToken);
        BlockHeader? previous = null;
        while (true)
        {
            var block = await NextAsync(call, channel, $"follow the blocks from {first} on");
            if (previous is null)
            {
                BlockChain.CheckWhole(block);
            }
            else
            {
                BlockChain.CheckNext(previous, block);
            }

            previous = block.Header;
            yield return block;
        }
    }

    private static SeekPosition At(ulong number) => new() { Specified = new SeekSpecified { Number = number } };

    // Strict: an orderer without a leader says so instead of handing out what may be old.
    private static SeekInfo Seek(SeekPosition start, SeekPosition stop) => new()
    {
        Start = start,
        Stop = stop,
        Behavior = SeekInfo.Types.SeekBehavior.FailIfNotReady,
        ErrorResponse = SeekInfo.Types.SeekErrorResponse.Strict,
    };

    private async Task<Block> ReadOneAsync(ChannelName channel, SeekInfo seek, string intent, CancellationToken cancellationToken)
    {
        await using var call = await OpenAsync(channel, seek, OneBlock, cancellationToken);
        var block = await NextAsync(call, channel, intent);
        BlockChain.CheckWhole(block);
        return block;
    }

    private async Task<GrpcCall<Envelope, DeliverResponse>> OpenAsync(ChannelName channel, SeekInfo seek, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var call = orderer.Open(FabricMethods.Deliver, deadline, cancellationToken);
        try
        {
            await call.WriteAsync(Proposals.Envelope(HeaderType.DeliverSeekInfo, channel.Value, seek, signer, clock, orderer.ClientCertificateHash));
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    private async Task<Block> NextAsync(GrpcCall<Envelope, DeliverResponse> call, ChannelName channel, string intent) =>
        await call.ReadAsync() switch
        {
            { TypeCase: DeliverResponse.TypeOneofCase.Block } answer => answer.Block,
            { TypeCase: DeliverResponse.TypeOneofCase.Status } answer => throw new DeliveryRefusedException(orderer.Endpoint, channel, intent, answer.Status),
            _ => throw new DeliveryRefusedException(orderer.Endpoint, channel, intent, Status.Unknown),
        };
}
