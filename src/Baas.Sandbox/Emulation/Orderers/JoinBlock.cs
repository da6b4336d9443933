using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Judges blocks that an orderer is told to join a channel with.</summary>
internal static class JoinBlock
{
    /// <summary>Reads the channel and its configuration.</summary>
    /// <exception cref="EmulationException">The block is not a valid config block of an application channel.</exception>
    public static (string Channel, ChannelConfig Config) Judge(Block block)
    {
        try
        {
            if (block.Header is null || Blocks.ConfigIn(block) is not var (channel, config) || config.Config is null)
            {
                throw new EmulationException("block is not a config block");
            }

            if (block.Metadata is not { Metadata.Count: > 0 })
            {
                throw new EmulationException("invalid block: does not have metadata");
            }

            if (block.Header.DataHash != Blocks.DataHash(block.Data))
            {
                throw new EmulationException("invalid block: Header.DataHash is different from Hash(block.Data)");
            }

            if (config.Config.ChannelGroup?.Groups.ContainsKey("Consortiums") == true)
            {
                throw new EmulationException("invalid config: contains consortiums: system channel not supported");
            }

            return (channel, new ChannelConfig(channel, config.Config));
        }
        catch (EmulationException refused)
        {
            throw new EmulationException($"invalid join block: {refused.Message}", refused);
        }
    }
}
