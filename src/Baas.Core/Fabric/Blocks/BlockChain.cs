using Baas.Core.Fabric.Protos.Common;

namespace Baas.Core.Fabric.Blocks;

/// <summary>Checks that blocks are whole and follow each other. It does not look at who has signed them.</summary>
internal static class BlockChain
{
    /// <summary>Checks that a block's data is what its header says.</summary>
    /// <exception cref="BlockInvalidException">It is not, or a part of the block is missing.</exception>
    public static void CheckWhole(Block block)
    {
        if (block.Header is null || block.Data is null)
        {
            throw new BlockInvalidException($"{block.Header?.Number}", "it has no header or no data");
        }

        if (!block.Header.DataHash.Span.SequenceEqual(BlockHashes.OfData(block.Data)))
        {
            throw new BlockInvalidException($"{block.Header.Number}", "its data has another hash than its header says");
        }
    }

    /// <summary>Checks that a block is whole and comes right after another one.</summary>
    /// <param name="previous">The header of the block before; null when <paramref name="block"/> is the first one of its channel.</param>
    /// <param name="block">The block.</param>
    /// <exception cref="BlockInvalidException">It does not.</exception>
    public static void CheckNext(BlockHeader? previous, Block block)
    {
        CheckWhole(block);
        var expected = previous is null ? 0 : previous.Number + 1;
        if (block.Header.Number != expected)
        {
            throw new BlockInvalidException($"{block.Header.Number}", $"the next block is {expected}");
        }

        var hash = previous is null ? [] : BlockHashes.OfHeader(previous);
        if (!block.Header.PreviousHash.Span.SequenceEqual(hash))
        {
            throw new BlockInvalidException($"{block.Header.Number}", "it follows another block than the one before");
        }
    }

    /// <summary>Checks a channel's blocks from the first one on.</summary>
    /// <exception cref="BlockInvalidException">One of them is not whole or out of its place.</exception>
    public static void Check(IEnumerable<Block> blocks)
    {
        BlockHeader? previous = null;
        foreach (var block in blocks)
        {
            CheckNext(previous, block);
            previous = block.Header;
        }
    }
}
