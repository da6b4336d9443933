using System.Buffers.Binary;
using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>A message as gRPC puts it into a stream: one byte of flags, four of length, the message.</summary>
internal static class GrpcFrame
{
    /// <summary>Fabric's nodes send and take messages up to this size (internal/pkg/comm/config.go).</summary>
    public const int LongestMessage = 100 * 1024 * 1024;

    /// <summary>The bytes before each message.</summary>
    public const int HeaderLength = 5;

    /// <summary>Gives a message with its header.</summary>
    /// <param name="message">A message that is known not to be too long.</param>
    public static byte[] Of(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>The message's bytes, or null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The stream holds no message that can be read.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderLength)
        {
            throw new InvalidDataException("the answer ends within a message");
        }

        var message = new byte[LengthIn(header)];
        if (await stream.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancellationToken) < message.Length)
        {
            throw new InvalidDataException("the answer ends within a message");
        }

        return message;
    }

    /// <summary>The length of the message that follows a header.</summary>
    /// <exception cref="InvalidDataException">No message that can be read follows.</exception>
    public static int LengthIn(ReadOnlySpan<byte> header)
    {
        if (header[0] != 0)
        {
            throw new InvalidDataException("the answer is compressed, which was not asked for");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length <= LongestMessage ? (int)length : throw new InvalidDataException($"the answer is larger than max ({length} bytes)");
    }
}
