using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Makes blocks that a quorum of consenters signs off and writes, each into its own ledger.</summary>
internal static class BlockMaker
{
    /// <summary>Makes one block of transactions that were checked.</summary>
    /// <exception cref="EmulationException">There is no quorum.</exception>
    public static Task MakeAsync(OrdererChannel channel, OrdererNode node, IReadOnlyList<Envelope> batch) => UnderGateAsync(channel, node, _ => batch);

    /// <summary>Makes a config block. The update is judged again, as another one may have been faster.</summary>
    /// <exception cref="EmulationException">There is no quorum, or the update is no longer valid.</exception>
    public static Task MakeConfigAsync(OrdererChannel channel, OrdererNode node, Envelope update) => UnderGateAsync(channel, node, current => [ConfigProcessor.Wrap(current, update, node)]);

    private static async Task UnderGateAsync(OrdererChannel channel, OrdererNode node, Func<ChannelConfig, IReadOnlyList<Envelope>> envelopes)
    {
        var gate = node.Cluster.Gate(channel.Genesis ?? throw NoQuorum(channel.Config));
        await gate.WaitAsync();
        try
        {
            var members = channel.Members();
            if (members.Count < channel.Config.Quorum)
            {
                throw NoQuorum(channel.Config);
            }

            foreach (var member in members)
            {
                member.CatchUp();
            }

            await WriteAsync(channel, members, envelopes(channel.Config));
            TellOthers(channel, node, members);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What those hear who want to order and cannot.</summary>
    public static EmulationException NoQuorum(ChannelConfig config) => new(config.IsBft ? "no quorum of BFT consenters" : "no Raft leader");

    private static Task WriteAsync(OrdererChannel channel, IReadOnlyList<OrdererChannel> members, IReadOnlyList<Envelope> envelopes)
    {
        var config = channel.Config;
        var block = Blocks.After(channel.Store.Last!.Header, envelopes); // a channel that orders has a block
        BlockSignatures.Prepare(block, Blocks.ConfigIn(block) is null ? channel.ConfigNumber : block.Header.Number);
        if (config.IsBft)
        {
            foreach (var member in members.Take(config.Quorum))
            {
                BlockSignatures.Sign(block, member.Signer, member.ConsenterNumber);
            }
        }

        return Task.WhenAll(members.Select(member => Task.Run(() =>
        {
            var own = block.Clone();
            if (!config.IsBft)
            {
                BlockSignatures.Sign(own, member.Signer);
            }

            member.Adopt(own, mustBeSigned: false);
        })));
    }

    private static void TellOthers(OrdererChannel channel, OrdererNode node, IReadOnlyList<OrdererChannel> members)
    {
        foreach (var follower in node.Cluster.Nodes.Select(other => other.Find(channel.Name)).OfType<OrdererChannel>().Where(other => !members.Contains(other) && (other.Genesis is null || other.Genesis == channel.Genesis)))
        {
            follower.CatchUp();
        }
    }
}
