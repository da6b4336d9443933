using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Core.Fabric.Blocks;

/// <summary>Reads what orderers and peers add to a block. None of it is covered by the block's hash.</summary>
internal static class BlockMetadataReader
{
    /// <summary>The number of the block that holds the configuration which this block was made under.</summary>
    /// <exception cref="BlockInvalidException">The metadata cannot be read.</exception>
    public static ulong LastConfigOf(Block block)
    {
        try
        {
            // Since 1.4.1 orderers sign it together with the header; the old place stays as a second one.
            var signed = Metadata.Parser.ParseFrom(Entry(block, BlockMetadataIndex.Signatures));
            if (OrdererBlockMetadata.Parser.ParseFrom(signed.Value).LastConfig is { } last)
            {
                return last.Index;
            }

            var old = Metadata.Parser.ParseFrom(Entry(block, BlockMetadataIndex.LastConfig));
            return Protos.Common.LastConfig.Parser.ParseFrom(old.Value).Index;
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new BlockInvalidException($"{block.Header?.Number}", "its metadata cannot be read", failure);
        }
    }

    /// <summary>The validation code of each of the block's transactions; empty when no peer has committed it.</summary>
    public static ReadOnlyMemory<byte> TransactionsFilterOf(Block block) => Entry(block, BlockMetadataIndex.TransactionsFilter).Memory;

    private static ByteString Entry(Block block, BlockMetadataIndex index) =>
        block.Metadata is { } metadata && metadata.Metadata.Count > (int)index ? metadata.Metadata[(int)index] : ByteString.Empty;
}
