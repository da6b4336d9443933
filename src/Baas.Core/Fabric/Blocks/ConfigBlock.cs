using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Blocks;

/// <summary>A block that holds a channel's configuration.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Config">The configuration that is valid from this block on.</param>
internal sealed record ConfigBlock(ChannelName Channel, Config Config)
{
    /// <summary>Reads a configuration block.</summary>
    /// <exception cref="BlockInvalidException">It is another block, or cannot be read.</exception>
    public static ConfigBlock Read(Block block)
    {
        var name = $"{block.Header?.Number}";
        if (block.Data?.Data is not [var bytes])
        {
            throw new BlockInvalidException(name, "a configuration stands in a block with one envelope");
        }

        try
        {
            var payload = Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(bytes).Payload);
            var header = ChannelHeader.Parser.ParseFrom(payload.Header?.ChannelHeader ?? ByteString.Empty);
            var config = header.Type == (int)HeaderType.Config ? ConfigEnvelope.Parser.ParseFrom(payload.Data).Config : null;
            return config?.ChannelGroup is not null && ChannelName.TryParse(header.ChannelId, null, out var channel)
                ? new ConfigBlock(channel, config)
                : throw new BlockInvalidException(name, "it holds no channel's configuration");
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new BlockInvalidException(name, "its envelope cannot be read", failure);
        }
    }

    /// <summary>Reads a configuration block that is stored or sent as bytes.</summary>
    /// <exception cref="BlockInvalidException">It is another block, or cannot be read.</exception>
    public static ConfigBlock Read(ReadOnlySpan<byte> block) => Read(Parse(block));

    /// <summary>Reads any block.</summary>
    /// <exception cref="BlockInvalidException">It cannot be read.</exception>
    public static Block Parse(ReadOnlySpan<byte> block)
    {
        try
        {
            return Block.Parser.ParseFrom(block);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new BlockInvalidException($"of {block.Length} bytes", "it cannot be read", failure);
        }
    }
}
