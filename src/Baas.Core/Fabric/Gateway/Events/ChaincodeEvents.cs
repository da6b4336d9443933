using System.Runtime.CompilerServices;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Follows the events of one chaincode on one peer after the other.</summary>
internal static class ChaincodeEvents
{
    /// <summary>The events.</summary>
    public static async IAsyncEnumerable<ContractEvent> FollowAsync(
        GatewayClient client, string channel, string chaincode, EventStart? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reconnection = new Reconnection(client, channel);
        var position = start ?? new EventStart(await BlockEvents.NextAsync(client, channel, cancellationToken));
        while (true)
        {
            var reader = new StreamReading<SignedChaincodeEventsRequest, ChaincodeEventsResponse>();
            await using (reader)
            {
                while (await reader.ReadAsync(() => OpenAsync(client, reconnection.Peer, channel, chaincode, position, cancellationToken)) is { } answer)
                {
                    reconnection.Works();
                    foreach (var item in answer.Events)
                    {
                        // Before the caller gets it: it has this one, whatever it does with it.
                        position = new EventStart(answer.BlockNumber, item.TxId);
                        yield return new ContractEvent(answer.BlockNumber, item.TxId, item.ChaincodeId, item.EventName, item.Payload.Memory);
                    }
                }
            }

            await reconnection.AfterAsync(reader.Failure, cancellationToken);
        }
    }

    private static async Task<GrpcCall<SignedChaincodeEventsRequest, ChaincodeEventsResponse>> OpenAsync(
        GatewayClient client, NodeConnection peer, string channel, string chaincode, EventStart from, CancellationToken cancellationToken)
    {
        var request = new ChaincodeEventsRequest
        {
            ChannelId = channel,
            ChaincodeId = chaincode,
            Identity = UnsafeByteOperations.UnsafeWrap(client.Signer.Identity.Serialize()),
            StartPosition = new SeekPosition { Specified = new SeekSpecified { Number = from.Block } },
            AfterTransactionId = from.AfterTransaction ?? "",
        }.ToByteString();
        var call = peer.Open(FabricMethods.ChaincodeEvents, Timeout.InfiniteTimeSpan, cancellationToken);
        try
        {
            await call.WriteAsync(new SignedChaincodeEventsRequest { Request = request, Signature = UnsafeByteOperations.UnsafeWrap(client.Signer.Sign(request.Span)) });
            call.Complete();
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }
}
