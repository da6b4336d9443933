using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;

namespace Baas.Core.Fabric.Blocks;

/// <summary>The two hashes that tie blocks together.</summary>
internal static class BlockHashes
{
    /// <summary>The hash of a header, which the next block repeats: SHA-256 over its ASN.1 form.</summary>
    public static byte[] OfHeader(BlockHeader header)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(header.Number));
            writer.WriteOctetString(header.PreviousHash.Span);
            writer.WriteOctetString(header.DataHash.Span);
        }

        return SHA256.HashData(writer.Encode());
    }

    /// <summary>The hash of a block's envelopes, which its header repeats: SHA-256 over all of them, one after the other.</summary>
    public static byte[] OfData(BlockData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var envelope in data.Data)
        {
            hash.AppendData(envelope.Span);
        }

        return hash.GetHashAndReset();
    }
}
