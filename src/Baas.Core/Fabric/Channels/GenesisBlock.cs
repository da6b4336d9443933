using System.Security.Cryptography;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Core.Fabric.Channels;

/// <summary>The first block of a channel. Each one made is another one, by time and nonce: make it once and store it.</summary>
internal static class GenesisBlock
{
    private const int NonceLength = 24;
    private const int HeaderVersion = 1;

    // One for each BlockMetadataIndex: nodes expect all places, the empty ones, too.
    private const int MetadataPlaces = 5;

    /// <summary>Makes the block.</summary>
    /// <param name="channel">What it says.</param>
    /// <param name="clock">The time that its header tells.</param>
    public static Block Create(ChannelDefinition channel, TimeProvider clock)
    {
        // Nobody signs it: who takes part in the channel knows it from elsewhere.
        var signature = new SignatureHeader { Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceLength)) };
        var header = new ChannelHeader
        {
            Type = (int)HeaderType.Config,
            Version = HeaderVersion,
            Timestamp = new Timestamp { Seconds = clock.GetUtcNow().ToUnixTimeSeconds() },
            ChannelId = channel.Name.Value,
            TxId = Proposals.TransactionIdOf(signature),
        };
        var payload = new Payload
        {
            Header = new Header { ChannelHeader = header.ToByteString(), SignatureHeader = signature.ToByteString() },
            Data = new ConfigEnvelope { Config = new Config { ChannelGroup = ChannelConfigs.Of(channel) } }.ToByteString(),
        };
        var data = new BlockData { Data = { new Envelope { Payload = payload.ToByteString() }.ToByteString() } };
        return new Block
        {
            Header = new BlockHeader { DataHash = ByteString.CopyFrom(BlockHashes.OfData(data)) },
            Data = data,
            Metadata = FirstMetadata(),
        };
    }

    private static BlockMetadata FirstMetadata()
    {
        var metadata = new BlockMetadata { Metadata = { Enumerable.Repeat(ByteString.Empty, MetadataPlaces) } };
        var signed = new OrdererBlockMetadata { LastConfig = new LastConfig() };
        metadata.Metadata[(int)BlockMetadataIndex.Signatures] = new Metadata { Value = signed.ToByteString() }.ToByteString();
        return metadata;
    }
}
