using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>Signatures of orderers on blocks.</summary>
internal static class BlockSignatures
{
    /// <summary>Writes the metadata that all signatures cover, without a signature.</summary>
    public static void Prepare(Block block, ulong lastConfig)
    {
        var value = new OrdererBlockMetadata { LastConfig = new LastConfig { Index = lastConfig } };
        block.Metadata.Metadata[(int)BlockMetadataIndex.Signatures] = new Metadata { Value = value.ToByteString() }.ToByteString();
    }

    /// <summary>Adds a signature with the signer's whole identity, as raft orderers do.</summary>
    public static void Sign(Block block, LocalMsp signer)
    {
        var header = signer.Header().ToByteString();
        Add(block, signer, header, new MetadataSignature { SignatureHeader = header });
    }

    /// <summary>Adds a signature that names the consenter by number, as BFT orderers do.</summary>
    public static void Sign(Block block, LocalMsp signer, uint consenter)
    {
        var header = new IdentifierHeader { Identifier = consenter, Nonce = signer.Header().Nonce }.ToByteString();
        Add(block, signer, header, new MetadataSignature { IdentifierHeader = header });
    }

    /// <summary>Checks that a block's signatures satisfy the channel's policy for blocks.</summary>
    /// <exception cref="EmulationException">They do not.</exception>
    public static void Demand(Block block, ChannelConfig config)
    {
        Blocks.EnsureSlots(block);
        var metadata = Metadata.Parser.ParseFrom(block.Metadata.Metadata[(int)BlockMetadataIndex.Signatures]);
        var header = Blocks.HeaderBytes(block.Header);
        var signed = metadata.Signatures
            .Select(signature => new SignedData(SignerOf(signature, config), Signed(metadata.Value, signature.SignatureHeader.IsEmpty ? signature.IdentifierHeader : signature.SignatureHeader, header), signature.Signature))
            .ToList();
        if (config.Policies.Refuse("/Channel/Orderer/BlockValidation", signed) is { } reason)
        {
            throw new EmulationException($"cannot accept block \"{block.Header.Number}\": its signatures do not satisfy BlockValidation: {reason}");
        }
    }

    private static ByteString SignerOf(MetadataSignature signature, ChannelConfig config)
    {
        if (!signature.SignatureHeader.IsEmpty)
        {
            return SignatureHeader.Parser.ParseFrom(signature.SignatureHeader).Creator;
        }

        var number = IdentifierHeader.Parser.ParseFrom(signature.IdentifierHeader).Identifier;
        var consenter = config.Consenters.FirstOrDefault(candidate => candidate.Id == number);
        return consenter is null ? ByteString.Empty : new SerializedIdentity { Mspid = consenter.MspId, IdBytes = consenter.Identity }.ToByteString();
    }

    private static void Add(Block block, LocalMsp signer, ByteString header, MetadataSignature signature)
    {
        var slot = block.Metadata.Metadata;
        var metadata = Metadata.Parser.ParseFrom(slot[(int)BlockMetadataIndex.Signatures]);
        signature.Signature = signer.Sign(Signed(metadata.Value, header, Blocks.HeaderBytes(block.Header)).Span);
        metadata.Signatures.Add(signature);
        slot[(int)BlockMetadataIndex.Signatures] = metadata.ToByteString();
    }

    private static ByteString Signed(ByteString value, ByteString header, byte[] block) => ByteString.CopyFrom([.. value.Span, .. header.Span, .. block]);
}
