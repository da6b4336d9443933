using System.Buffers.Binary;
using System.IO.Hashing;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>
/// Gzip without compression (RFC 1951, 1952). What a compressor makes of the same bytes differs between versions and processors,
/// and a package's id is the hash of its bytes.
/// </summary>
internal static class StoredGzip
{
    private const int LongestBlock = ushort.MaxValue;

    /// <summary>The gzip member that holds <paramref name="content"/>.</summary>
    public static byte[] Write(ReadOnlySpan<byte> content)
    {
        using var output = new MemoryStream();

        // Deflate, no flags, no time, no extra flags, unknown system.
        output.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

        var rest = content;
        do
        {
            var length = Math.Min(rest.Length, LongestBlock);
            WriteBlock(output, rest[..length], isLast: length == rest.Length);
            rest = rest[length..];
        }
        while (rest.Length > 0);

        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.HashToUInt32(content));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)content.Length);
        output.Write(trailer);
        return output.ToArray();
    }

    private static void WriteBlock(MemoryStream output, ReadOnlySpan<byte> block, bool isLast)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[1..], (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[3..], (ushort)~block.Length);
        output.Write(header);
        output.Write(block);
    }
}
