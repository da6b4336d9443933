using System.Text.Json;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Core.Tests.Fabric.Blocks;

public sealed class BlockChainTests
{
    private static readonly List<Block> Golden = [.. Enumerable.Range(0, 7).Select(GoldenFiles.Block)];

    [Fact]
    public void OfHeader_BlocksOfAnOrderer_HaveTheHashesThatAPeerTells()
    {
        using var info = JsonDocument.Parse(GoldenFiles.Text("blocks", "info.json"));

        Assert.Equal(info.RootElement.GetProperty("currentBlockHash").GetBytesFromBase64(), BlockHashes.OfHeader(Golden[6].Header));
        Assert.Equal(info.RootElement.GetProperty("previousBlockHash").GetBytesFromBase64(), BlockHashes.OfHeader(Golden[5].Header));
    }

    // A number with its highest bit set needs one more byte in ASN.1.
    [Theory]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 2)]
    [InlineData(ulong.MaxValue, 9)]
    public void OfHeader_AnyNumber_HashesTheAsn1Form(ulong number, int numberBytes)
    {
        var bytes = number == ulong.MaxValue ? [0, .. Enumerable.Repeat((byte)255, 8)] : numberBytes == 2 ? new byte[] { 0, (byte)number } : [(byte)number];
        byte[] der = [0x30, (byte)(2 + bytes.Length + 3 + 2), 0x02, (byte)bytes.Length, .. bytes, 0x04, 1, 7, 0x04, 0];

        var hash = BlockHashes.OfHeader(new BlockHeader { Number = number, PreviousHash = ByteString.CopyFrom(7) });

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(der), hash);
    }

    [Fact]
    public void Check_BlocksOfAnOrderer_AreAChain() => BlockChain.Check(Golden);

    [Fact]
    public void Check_ChangedData_Throws()
    {
        var changed = Golden[3].Clone();
        changed.Data.Data[0] = ByteString.CopyFromUtf8("other");

        Assert.Throws<BlockInvalidException>(() => BlockChain.Check([.. Golden[..3], changed]));
    }

    [Fact]
    public void Check_OneIsMissing_Throws() => Assert.Throws<BlockInvalidException>(() => BlockChain.Check([.. Golden[..3], .. Golden[4..]]));

    [Fact]
    public void Check_FollowsAnother_Throws()
    {
        var changed = Golden[3].Clone();
        changed.Header.PreviousHash = Golden[2].Header.PreviousHash;

        Assert.Throws<BlockInvalidException>(() => BlockChain.Check([.. Golden[..3], changed]));
    }

    [Fact]
    public void CheckWhole_NoHeader_Throws() => Assert.Throws<BlockInvalidException>(() => BlockChain.CheckWhole(new Block()));

    [Fact]
    public void Read_GenesisBlock_GivesChannelAndConfig()
    {
        var read = ConfigBlock.Read(GoldenFiles.Read("blocks", "0.block"));

        Assert.Equal("mychannel", read.Channel.Value);
        Assert.Equal(["Application", "Orderer"], read.Config.ChannelGroup.Groups.Keys.Order());
    }

    [Fact]
    public void Read_OtherBlock_Throws() => Assert.Throws<BlockInvalidException>(() => ConfigBlock.Read(Golden[4]));

    [Fact]
    public void Read_NoBlock_Throws()
    {
        Assert.Throws<BlockInvalidException>(() => ConfigBlock.Read("no block"u8));
        Assert.Throws<BlockInvalidException>(() => ConfigBlock.Read(new Block { Data = new BlockData { Data = { ByteString.CopyFromUtf8("no envelope") } } }));
    }

    [Fact]
    public void Metadata_BlocksOfAnOrderer_NameTheConfigAndTheTransactions()
    {
        Assert.All(Golden, block => Assert.Equal(0UL, BlockMetadataReader.LastConfigOf(block)));
        Assert.Equal(1, Golden[6].Metadata.Metadata.Count(entry => entry.Length > 0 && entry == Golden[6].Metadata.Metadata[(int)BlockMetadataIndex.Signatures]));
        Assert.Equal(Golden[6].Metadata.Metadata[(int)BlockMetadataIndex.TransactionsFilter].ToByteArray(), BlockMetadataReader.TransactionsFilterOf(Golden[6]).ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LastConfigOf_BothPlaces_AreRead(bool old)
    {
        var last = new LastConfig { Index = 42 };
        var block = new Block { Metadata = new BlockMetadata { Metadata = { ByteString.Empty, ByteString.Empty } } };
        IMessage value = old ? last : new OrdererBlockMetadata { LastConfig = last };
        block.Metadata.Metadata[old ? 1 : 0] = new Metadata { Value = value.ToByteString() }.ToByteString();

        Assert.Equal(42UL, BlockMetadataReader.LastConfigOf(block));
    }
}
