using System.Buffers.Binary;
using System.Numerics;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>The form of one record on the disk: length, checksum, type, revision, JSON. All numbers little-endian.</summary>
internal static class LogFrame
{
    private const int HeadLength = 17;
    private const int CheckedFrom = 8;
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write(LogRecordType type, long revision, ReadOnlySpan<byte> json)
    {
        var frame = new byte[HeadLength + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        frame[CheckedFrom] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(CheckedFrom + 1), revision);
        json.CopyTo(frame.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(frame.AsSpan(CheckedFrom)));
        return frame;
    }

    /// <summary>Reads the record at the beginning of the bytes.</summary>
    /// <returns>Its length; 0 when there is no whole, undamaged record.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, out LogRecordType type, out long revision, out ReadOnlySpan<byte> json)
    {
        type = default;
        revision = 0;
        json = default;
        if (bytes.Length < HeadLength)
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < HeadLength || length > MaxLength || length > bytes.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Checksum(bytes[CheckedFrom..length]))
        {
            return 0;
        }

        type = (LogRecordType)bytes[CheckedFrom];
        revision = BinaryPrimitives.ReadInt64LittleEndian(bytes[(CheckedFrom + 1)..]);
        json = bytes[HeadLength..length];
        return length;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return ~sum;
    }
}
