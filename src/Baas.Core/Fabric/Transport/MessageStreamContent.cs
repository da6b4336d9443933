using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Baas.Core.Fabric.Transport;

/// <summary>A request body that is written while the answer is read.</summary>
internal sealed class MessageStreamContent : HttpContent
{
    private const int MostWaiting = 16;

    private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public MessageStreamContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    /// <summary>Sends one frame, waiting while the node takes none.</summary>
    /// <returns>False when the call has ended; whoever reads it learns why.</returns>
    public async ValueTask<bool> WriteAsync(byte[] frame, CancellationToken cancellationToken)
    {
        while (await _frames.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (_frames.Writer.TryWrite(frame))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says that no more frames come.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(frame, cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            Complete();
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Complete();
        base.Dispose(disposing);
    }
}
