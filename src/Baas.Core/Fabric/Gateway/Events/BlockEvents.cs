using System.Runtime.CompilerServices;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using DeliverResponse = Baas.Core.Fabric.Protos.Peer.DeliverResponse;

namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Follows a channel's blocks on one peer after the other.</summary>
internal static class BlockEvents
{
    /// <summary>Whole blocks.</summary>
    public static async IAsyncEnumerable<Block> FollowAsync(GatewayClient client, string channel, EventStart? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = start?.Block ?? await NextAsync(client, channel, cancellationToken);
        await foreach (var answer in FollowAsync(client, channel, FabricMethods.PeerDeliver, first, response => response.Block?.Header.Number, cancellationToken))
        {
            yield return answer.Block;
        }
    }

    /// <summary>What became of transactions.</summary>
    public static async IAsyncEnumerable<FilteredBlock> FollowFilteredAsync(GatewayClient client, string channel, EventStart? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = start?.Block ?? await NextAsync(client, channel, cancellationToken);
        await foreach (var answer in FollowAsync(client, channel, FabricMethods.PeerDeliverFiltered, first, response => response.FilteredBlock?.Number, cancellationToken))
        {
            yield return answer.FilteredBlock;
        }
    }

    /// <summary>
    /// The number of the block that comes next. Whoever wants the news begins there by number: "what comes next" would be another
    /// block after a lost connection.
    /// </summary>
    public static async Task<ulong> NextAsync(GatewayClient client, string channel, CancellationToken cancellationToken)
    {
        var reconnection = new Reconnection(client, channel);
        while (true)
        {
            BaasException? failure = null;
            try
            {
                await using var call = await OpenAsync(client, reconnection.Peer, channel, FabricMethods.PeerDeliverFiltered, new SeekPosition { Newest = new SeekNewest() }, cancellationToken);
                if (Checked(await call.ReadAsync(), channel)?.FilteredBlock is { } newest)
                {
                    return newest.Number + 1;
                }
            }
            catch (BaasException lost) when (CallFailure.IsOne(lost))
            {
                failure = lost;
            }

            await reconnection.AfterAsync(failure, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<DeliverResponse> FollowAsync(
        GatewayClient client,
        string channel,
        GrpcMethod<Envelope, DeliverResponse> method,
        ulong next,
        Func<DeliverResponse, ulong?> numberOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reconnection = new Reconnection(client, channel);
        while (true)
        {
            var reader = new StreamReading<Envelope, DeliverResponse>();
            await using (reader)
            {
                var from = new SeekPosition { Specified = new SeekSpecified { Number = next } };
                while (await reader.ReadAsync(() => OpenAsync(client, reconnection.Peer, channel, method, from, cancellationToken)) is { } answer
                    && Checked(answer, channel) is not null)
                {
                    reconnection.Works();
                    if (numberOf(answer) != next)
                    {
                        throw new EventsException(channel, $"block {next} was wanted, block {numberOf(answer)} came", isTransient: false);
                    }

                    next++;
                    yield return answer;
                }
            }

            await reconnection.AfterAsync(reader.Failure, cancellationToken);
        }
    }

    /// <summary>Opens a stream of blocks.</summary>
    public static async Task<GrpcCall<Envelope, DeliverResponse>> OpenAsync(
        GatewayClient client, NodeConnection peer, string channel, GrpcMethod<Envelope, DeliverResponse> method, SeekPosition from, CancellationToken cancellationToken)
    {
        var seek = new SeekInfo
        {
            Start = from,
            Stop = new SeekPosition { Specified = new SeekSpecified { Number = ulong.MaxValue } },
            Behavior = SeekInfo.Types.SeekBehavior.BlockUntilReady,
        };
        var call = peer.Open(method, Timeout.InfiniteTimeSpan, cancellationToken);
        try
        {
            await call.WriteAsync(Proposals.Envelope(HeaderType.DeliverSeekInfo, channel, seek, client.Signer, client.Clock, peer.ClientCertificateHash));
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    // Null: the peer has no more now, and another attempt may.
    private static DeliverResponse? Checked(DeliverResponse? answer, string channel) => answer switch
    {
        { TypeCase: DeliverResponse.TypeOneofCase.Status, Status: Status.Success or Status.ServiceUnavailable or Status.InternalServerError or Status.Unknown } => null,
        { TypeCase: DeliverResponse.TypeOneofCase.Status, Status: Status.NotFound } => throw new EventsException(channel, "the peer has no such channel or block", isTransient: false),
        { TypeCase: DeliverResponse.TypeOneofCase.Status, Status: Status.Forbidden } => throw new EventsException(channel, "the identity may not read the channel", isTransient: false),
        { TypeCase: DeliverResponse.TypeOneofCase.Status } => throw new EventsException(channel, $"the peer answers {answer.Status}", isTransient: false),
        _ => answer,
    };
}
