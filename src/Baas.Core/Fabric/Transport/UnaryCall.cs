using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>One message there and one back, which is what most calls are: without the queue and the waiting that streams need.</summary>
internal static class UnaryCall
{
    private const int FirstBuffer = 4096;

    /// <summary>Sends the message and reads the answer.</summary>
    /// <param name="node">The node, for people.</param>
    /// <param name="address">The method's address.</param>
    /// <param name="method">What to call.</param>
    /// <param name="request">The message.</param>
    /// <param name="invoker">Sends it.</param>
    /// <param name="deadline">How long the whole call may take.</param>
    /// <param name="cancellationToken">Gives up the call; the node is told.</param>
    /// <exception cref="GrpcException">The node says no, or nothing in time.</exception>
    /// <exception cref="NodeUnreachableException">There is no connection.</exception>
    /// <exception cref="NodeUntrustedException">There is no trust.</exception>
    public static async Task<TResponse> SendAsync<TRequest, TResponse>(
        string node, Uri address, GrpcMethod<TRequest, TResponse> method, TRequest request, HttpMessageInvoker invoker, TimeSpan deadline, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (request.CalculateSize() > GrpcFrame.LongestMessage)
        {
            throw GrpcException.Of(node, method.Path, GrpcStatus.ResourceExhausted, $"the message is larger than max ({GrpcFrame.LongestMessage} bytes)");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(deadline);
        try
        {
            using var message = GrpcRequest.Of(address, new FrameContent(GrpcFrame.Of(request)), deadline);
            using var answer = await invoker.SendAsync(message, stop.Token);
            GrpcOutcome.BeforeMessages(answer)?.ThrowUnlessOk(node, method.Path);
            var parsed = await ReadAsync(answer, method.Parser, stop.Token);
            (GrpcOutcome.In(answer.TrailingHeaders) ?? GrpcOutcome.Missing).ThrowUnlessOk(node, method.Path);
            return parsed ?? throw GrpcException.Of(node, method.Path, GrpcStatus.Internal, "not one answer to one request");
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw TransportFailures.OfTimeout(node, method.Path, failure);
        }
        catch (Exception failure) when (TransportFailures.IsOne(failure))
        {
            throw TransportFailures.OfCall(node, method.Path, failure);
        }
    }

    // Null when there is none, or more than one.
    private static async Task<TResponse?> ReadAsync<TResponse>(HttpResponseMessage answer, MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var filled = 0;
            var needed = 0;
            while (await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken) is var read && read > 0)
            {
                filled += read;
                if (needed == 0 && filled >= GrpcFrame.HeaderLength)
                {
                    needed = GrpcFrame.HeaderLength + GrpcFrame.LengthIn(buffer);
                }

                if (needed > 0 && filled > needed)
                {
                    return null;
                }

                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, Math.Max(needed + 1, 2 * buffer.Length));
                }
            }

            return filled > 0 && filled == needed ? parser.ParseFrom(buffer.AsSpan(GrpcFrame.HeaderLength, needed - GrpcFrame.HeaderLength)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>One frame as a body.</summary>
    private sealed class FrameContent : HttpContent
    {
        private static readonly MediaTypeHeaderValue Grpc = new("application/grpc");

        private readonly byte[] _frame;

        public FrameContent(byte[] frame)
        {
            _frame = frame;
            Headers.ContentType = Grpc;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            stream.WriteAsync(_frame, cancellationToken).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _frame.Length;
            return true;
        }
    }
}
