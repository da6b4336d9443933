using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Emulation.Trust;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Takes transactions and updates of configurations and hands them to the orderer that leads.</summary>
internal sealed class BroadcastService(OrdererNode node)
{
    /// <summary>Serves one call; the first envelope that is refused ends it.</summary>
    public async Task ServeAsync(GrpcExchange call)
    {
        while (await call.ReadAsync(Envelope.Parser) is { } envelope)
        {
            var response = await AnswerAsync(envelope);
            await call.WriteAsync(response);
            if (response.Status != Status.Success)
            {
                return;
            }
        }
    }

    /// <summary>Judges and orders one envelope.</summary>
    public async Task<BroadcastResponse> AnswerAsync(Envelope envelope)
    {
        Status status;
        string reason;
        try
        {
            (status, reason) = await OrderAsync(envelope);
        }
        catch (EmulationException refused)
        {
            (status, reason) = (Status.BadRequest, refused.Message);
        }

        if (status != Status.Success)
        {
            node.Log($"Rejecting broadcast: {status}: {reason}");
        }

        return new BroadcastResponse { Status = status, Info = reason };
    }

    private async Task<(Status Status, string Reason)> OrderAsync(Envelope envelope)
    {
        var (payload, header, signature) = Blocks.Open(envelope);
        if (node.Find(header.ChannelId) is not { } channel)
        {
            return (Status.BadRequest, "channel does not exist");
        }

        if (header.Type is (int)HeaderType.Config or (int)HeaderType.OrdererTransaction)
        {
            return (Status.BadRequest, "message is of type that cannot be processed directly");
        }

        if (Refuse(channel.Config, envelope, payload, signature) is var (status, reason))
        {
            return (status, reason);
        }

        if (!channel.IsConsenter || channel.IsOnboarding)
        {
            return (Status.ServiceUnavailable, $"orderer is a follower of channel {channel.Name}");
        }

        return header.Type == (int)HeaderType.ConfigUpdate ? await ConfigureAsync(channel, envelope) : await EnqueueAsync(channel, envelope);
    }

    private (Status Status, string Reason)? Refuse(ChannelConfig config, Envelope envelope, Payload payload, SignatureHeader signature)
    {
        var size = envelope.Payload.Length + envelope.Signature.Length;
        if (payload.Data.IsEmpty)
        {
            return (Status.BadRequest, "message payload is empty");
        }

        if (size > config.BatchSize.AbsoluteMaxBytes)
        {
            return (Status.BadRequest, $"message payload is {size} bytes and exceeds maximum allowed {config.BatchSize.AbsoluteMaxBytes} bytes");
        }

        var isMaintained = config.ConsensusType.State == ConsensusType.Types.State.Maintenance;
        if (config.Policies.Refuse(isMaintained ? "/Channel/Orderer/Writers" : "/Channel/Writers", [new SignedData(signature.Creator, envelope.Payload, envelope.Signature)]) is { } reason)
        {
            return (Status.Forbidden, $"{reason}: permission denied");
        }

        return config.Msps.Identify(signature.Creator).NotAfter < node.Clock.GetUtcNow() ? (Status.BadRequest, "broadcast client identity expired") : null;
    }

    private async Task<(Status Status, string Reason)> ConfigureAsync(OrdererChannel channel, Envelope update)
    {
        ConfigProcessor.Wrap(channel.Config, update, node);
        if (LeaderOf(channel) is not { } leader)
        {
            return (Status.ServiceUnavailable, BlockMaker.NoQuorum(channel.Config).Message);
        }

        await leader.Batches.FlushAsync();
        await BlockMaker.MakeConfigAsync(channel, node, update);
        return (Status.Success, string.Empty);
    }

    private static async Task<(Status Status, string Reason)> EnqueueAsync(OrdererChannel channel, Envelope envelope)
    {
        if (LeaderOf(channel) is not { } leader)
        {
            return (Status.ServiceUnavailable, BlockMaker.NoQuorum(channel.Config).Message);
        }

        var (isNew, refusal) = channel.Config.IsBft ? leader.Requests.Take(envelope, channel) : (true, null);
        if (isNew)
        {
            await leader.Batches.AddAsync(envelope);
        }

        return refusal is null ? (Status.Success, string.Empty) : (Status.ServiceUnavailable, refusal);
    }

    /// <summary>The consenter that has most blocks; null without a quorum.</summary>
    public static OrdererChannel? LeaderOf(OrdererChannel channel)
    {
        var members = channel.Members();
        return members.Count >= channel.Config.Quorum ? members.MaxBy(member => member.Store.Height) : null;
    }
}
