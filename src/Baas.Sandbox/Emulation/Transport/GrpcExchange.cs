using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>One gRPC call as its handler sees it: messages in, messages out. Every kind of streaming is made of these two.</summary>
internal sealed class GrpcExchange(HttpContext http)
{
    private const int PrefixLength = 5;
    private const int LongestMessage = 100 * 1024 * 1024;

    /// <summary>Ends when the caller has gone.</summary>
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The TLS certificate that the caller showed, or null.</summary>
    public X509Certificate2? ClientCertificate => http.Connection.ClientCertificate;

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, or null when the caller sends no more.</returns>
    /// <exception cref="GrpcFailure">The frame is broken, or the message is.</exception>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            var buffer = read.Buffer;
            if (TryTake(buffer, out var message))
            {
                var parsed = Parse(parser, message);
                reader.AdvanceTo(message.End);
                return parsed;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new GrpcFailure(GrpcStatusCode.Internal, "the stream ends within a message");
            }
        }
    }

    /// <summary>Sends one message.</summary>
    public async Task WriteAsync(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[PrefixLength + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)length);
        message.WriteTo(frame.AsSpan(PrefixLength));
        await http.Response.Body.WriteAsync(frame, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static bool TryTake(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (prefix[0] != 0)
        {
            throw new GrpcFailure(GrpcStatusCode.Unimplemented, "compressed messages are not emulated");
        }

        if (length > LongestMessage)
        {
            throw new GrpcFailure(GrpcStatusCode.ResourceExhausted, $"received message larger than max ({length} vs. {LongestMessage})");
        }

        if (buffer.Length < PrefixLength + length)
        {
            return false;
        }

        message = buffer.Slice(PrefixLength, length);
        return true;
    }

    private static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new GrpcFailure(GrpcStatusCode.Internal, $"cannot read message \"{typeof(T).Name}\": {failure.Message}");
        }
    }
}
