using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>What every node knows about blocks: hashes, envelopes, metadata slots.</summary>
internal static class Blocks
{
    private const int MetadataSlots = 5;

    /// <summary>The header in the form that is hashed and signed.</summary>
    public static byte[] HeaderBytes(BlockHeader header)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(header.Number));
            writer.WriteOctetString(header.PreviousHash.Span);
            writer.WriteOctetString(header.DataHash.Span);
        }

        return writer.Encode();
    }

    /// <summary>The hash of the header: the block's hash.</summary>
    public static ByteString Hash(BlockHeader header) => ByteString.CopyFrom(SHA256.HashData(HeaderBytes(header)));

    /// <summary>The hash of the block's entries.</summary>
    public static ByteString DataHash(BlockData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in data.Data)
        {
            hash.AppendData(entry.Span);
        }

        return ByteString.CopyFrom(hash.GetHashAndReset());
    }

    /// <summary>Makes the block that follows, without metadata.</summary>
    public static Block After(BlockHeader last, IEnumerable<Envelope> envelopes)
    {
        var data = new BlockData { Data = { envelopes.Select(envelope => envelope.ToByteString()) } };
        var block = new Block
        {
            Header = new BlockHeader { Number = last.Number + 1, PreviousHash = Hash(last), DataHash = DataHash(data) },
            Data = data,
            Metadata = new BlockMetadata(),
        };
        EnsureSlots(block);
        return block;
    }

    /// <summary>Sees to it that all metadata slots are there.</summary>
    public static void EnsureSlots(Block block)
    {
        block.Metadata ??= new BlockMetadata();
        while (block.Metadata.Metadata.Count < MetadataSlots)
        {
            block.Metadata.Metadata.Add(ByteString.Empty);
        }
    }

    /// <summary>Checks that a block follows another and that its data are those of its header.</summary>
    /// <exception cref="EmulationException">It does not.</exception>
    public static void DemandLink(Block block, BlockHeader? last)
    {
        var number = last is null ? 0 : last.Number + 1;
        if (block.Header.Number != number || (last is not null && block.Header.PreviousHash != Hash(last)))
        {
            throw new EmulationException($"cannot append block \"{block.Header.Number}\": it does not follow block {(long)number - 1}");
        }

        if (block.Header.DataHash != DataHash(block.Data))
        {
            throw new EmulationException($"cannot append block \"{block.Header.Number}\": Header.DataHash is different from Hash(block.Data)");
        }
    }

    /// <summary>Reads an envelope's payload and channel header.</summary>
    /// <exception cref="EmulationException">It is malformed.</exception>
    public static (Payload Payload, ChannelHeader Channel, SignatureHeader Signature) Open(Envelope envelope)
    {
        try
        {
            var payload = Payload.Parser.ParseFrom(envelope.Payload);
            if (payload.Header is null)
            {
                throw new EmulationException("cannot read envelope: it has no header");
            }

            return (payload, ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader), SignatureHeader.Parser.ParseFrom(payload.Header.SignatureHeader));
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException("cannot read envelope: it is malformed", failure);
        }
    }

    /// <summary>The configuration in a config block, or null when the block holds something else.</summary>
    /// <exception cref="EmulationException">The block is malformed.</exception>
    public static (string Channel, ConfigEnvelope Config)? ConfigIn(Block block)
    {
        if (block.Data is not { Data.Count: 1 })
        {
            return null;
        }

        try
        {
            var (payload, channel, _) = Open(Envelope.Parser.ParseFrom(block.Data.Data[0]));
            return channel.Type == (int)HeaderType.Config ? (channel.ChannelId, ConfigEnvelope.Parser.ParseFrom(payload.Data)) : null;
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException("cannot read block: it is malformed", failure);
        }
    }

    /// <summary>The number of the newest config block, as an orderer wrote it into a block.</summary>
    public static ulong LastConfigOf(Block block)
    {
        var metadata = Metadata.Parser.ParseFrom(block.Metadata.Metadata[(int)BlockMetadataIndex.Signatures]);
        return OrdererBlockMetadata.Parser.ParseFrom(metadata.Value).LastConfig?.Index ?? 0;
    }
}
