using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>What deliver needs to know of a channel.</summary>
/// <param name="Store">Its blocks.</param>
/// <param name="Config">Gives its configuration of this moment.</param>
/// <param name="Policy">Gives the policy that readers have to satisfy.</param>
internal sealed record DeliverChannel(BlockStore Store, Func<ChannelConfig> Config, Func<ChannelConfig, string> Policy)
{
    /// <summary>Tells whether there is nobody to lead the channel: requests that are strict are then refused.</summary>
    public Func<bool> IsLeaderless { get; init; } = () => false;
}

/// <summary>Serves blocks to those who may read them, the same way on orderers and peers.</summary>
/// <param name="find">Finds a channel by its name; null when the node has not joined it.</param>
/// <param name="clock">The time.</param>
/// <param name="mutualTls">Whether requests have to name the hash of the client's TLS certificate.</param>
internal sealed class DeliverService(Func<string, DeliverChannel?> find, TimeProvider clock, bool mutualTls)
{
    private static readonly TimeSpan TimeWindow = TimeSpan.FromMinutes(15);

    /// <summary>Serves one call: any number of seek requests after each other.</summary>
    /// <param name="call">The call.</param>
    /// <param name="block">Makes the message that carries a block.</param>
    /// <param name="status">Makes the message that ends a request.</param>
    public async Task ServeAsync(GrpcExchange call, Func<string, Block, IMessage> block, Func<Status, IMessage> status)
    {
        while (await call.ReadAsync(Envelope.Parser) is { } envelope)
        {
            var result = await SeekAsync(call, envelope, block);
            await call.WriteAsync(status(result));
            if (result != Status.Success)
            {
                return;
            }
        }
    }

    private async Task<Status> SeekAsync(GrpcExchange call, Envelope envelope, Func<string, Block, IMessage> block)
    {
        if (Parse(envelope, call.ClientCertificate) is not var (seek, header, signed))
        {
            return Status.BadRequest;
        }

        if (find(header.ChannelId) is not { } channel)
        {
            return Status.NotFound;
        }

        if (seek.ErrorResponse == SeekInfo.Types.SeekErrorResponse.Strict && channel.IsLeaderless())
        {
            return Status.ServiceUnavailable;
        }

        if (!MayRead(channel, signed))
        {
            return Status.Forbidden;
        }

        return Range(seek, channel.Store.Height) is var (first, last) ? await SendAsync(call, seek, channel, signed, header.ChannelId, first, last, block) : Status.BadRequest;
    }

    private async Task<Status> SendAsync(
        GrpcExchange call, SeekInfo seek, DeliverChannel channel, SignedData signed, string name, ulong first, ulong last, Func<string, Block, IMessage> message)
    {
        // Judged anew only when the configuration changes or the reader's certificate ends.
        var judged = channel.Config();
        var expiry = judged.Msps.Identify(signed.Identity).NotAfter;
        for (var number = first; ; number++)
        {
            if (seek.Behavior == SeekInfo.Types.SeekBehavior.FailIfNotReady && number >= channel.Store.Height)
            {
                return Status.NotFound;
            }

            var block = await channel.Store.ReadAsync(number, call.Aborted);
            if ((channel.Config() != judged || expiry <= clock.GetUtcNow()) && !MayRead(channel, signed))
            {
                return Status.Forbidden;
            }

            judged = channel.Config();
            if (seek.ContentType == SeekInfo.Types.SeekContentType.HeaderWithSig)
            {
                block = new Block { Header = block.Header, Metadata = block.Metadata };
            }

            await call.WriteAsync(message(name, block));
            if (number == last)
            {
                return Status.Success;
            }
        }
    }

    private static (ulong First, ulong Last)? Range(SeekInfo seek, ulong height)
    {
        if (seek.Start is null || seek.Stop is null)
        {
            return null;
        }

        var first = seek.Start.TypeCase switch
        {
            SeekPosition.TypeOneofCase.Oldest => (ulong?)0,
            SeekPosition.TypeOneofCase.Newest => height - 1,
            SeekPosition.TypeOneofCase.NextCommit => height,
            SeekPosition.TypeOneofCase.Specified => seek.Start.Specified.Number,
            _ => null,
        };
        var last = seek.Stop.TypeCase switch
        {
            SeekPosition.TypeOneofCase.Oldest => first,
            SeekPosition.TypeOneofCase.Newest when seek.Start.Equals(seek.Stop) => first,
            SeekPosition.TypeOneofCase.Newest => height - 1,
            SeekPosition.TypeOneofCase.Specified => seek.Stop.Specified.Number,
            _ => null,
        };
        return first is { } from && last is { } to && to >= from ? (from, to) : null;
    }

    private (SeekInfo Seek, ChannelHeader Header, SignedData Signed)? Parse(Envelope envelope, X509Certificate2? client)
    {
        try
        {
            var (payload, header, signature) = Blocks.Open(envelope);
            var seek = SeekInfo.Parser.ParseFrom(payload.Data);
            var isTimely = header.Timestamp is not null && (header.Timestamp.ToDateTimeOffset() - clock.GetUtcNow()).Duration() <= TimeWindow;
            var isBound = !mutualTls || (client is not null && header.TlsCertHash.Span.SequenceEqual(SHA256.HashData(client.RawDataMemory.Span)));
            return isTimely && isBound ? (seek, header, new SignedData(signature.Creator, envelope.Payload, envelope.Signature)) : null;
        }
        catch (Exception failure) when (failure is EmulationException or InvalidProtocolBufferException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool MayRead(DeliverChannel channel, SignedData signed)
    {
        try
        {
            var config = channel.Config();
            return config.Msps.Identify(signed.Identity).NotAfter > clock.GetUtcNow() && config.Policies.Refuse(channel.Policy(config), [signed]) is null;
        }
        catch (EmulationException)
        {
            return false;
        }
    }
}
