using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Turns updates of a configuration into the envelope that becomes a config block.</summary>
internal static class ConfigProcessor
{
    /// <summary>Judges the update and wraps its result, signed by this orderer.</summary>
    /// <exception cref="EmulationException">The update is refused.</exception>
    public static Envelope Wrap(ChannelConfig current, Envelope update, OrdererNode node)
    {
        EmulationException Because(string reason) => new($"error applying config update to existing channel '{current.Channel}': {reason}");
        ConfigEnvelope result;
        try
        {
            result = ConfigUpdates.Propose(current, update);
            var next = new ChannelConfig(current.Channel, result.Config);
            ConsenterCertificates.Demand(next);
            DemandOneChange(current, next);
        }
        catch (EmulationException refused)
        {
            throw Because(refused.Message);
        }

        var signature = node.Msp.Header();
        var channel = new ChannelHeader { Type = (int)HeaderType.Config, ChannelId = current.Channel, Timestamp = Timestamp.FromDateTimeOffset(node.Clock.GetUtcNow()) };
        var payload = new Payload
        {
            Header = new Header { ChannelHeader = channel.ToByteString(), SignatureHeader = signature.ToByteString() },
            Data = result.ToByteString(),
        }.ToByteString();
        return new Envelope { Payload = payload, Signature = node.Msp.Sign(payload.Span) };
    }

    // More than one change at a time could leave no majority that knows both sets.
    private static void DemandOneChange(ChannelConfig current, ChannelConfig next)
    {
        var before = current.Consenters.Select(consenter => consenter.ServerTlsCert).ToHashSet();
        var after = next.Consenters.Select(consenter => consenter.ServerTlsCert).ToHashSet();
        if (after.Count == 0 || (!next.IsBft && (after.Except(before).Count() > 1 || before.Except(after).Count() > 1)))
        {
            throw new EmulationException("update of more than one consenter at a time is not supported");
        }
    }
}
