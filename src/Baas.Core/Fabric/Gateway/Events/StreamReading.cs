using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Reads one stream to its end, and keeps why it ended: iterators may not yield where they catch.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What comes.</typeparam>
internal sealed class StreamReading<TRequest, TResponse> : IAsyncDisposable
    where TRequest : IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private GrpcCall<TRequest, TResponse>? _call;

    /// <summary>Why the stream ended; null when it ended well.</summary>
    public BaasException? Failure { get; private set; }

    /// <summary>The next message, or null at the end.</summary>
    public async Task<TResponse?> ReadAsync(Func<Task<GrpcCall<TRequest, TResponse>>> open)
    {
        try
        {
            _call ??= await open();
            return await _call.ReadAsync();
        }
        catch (BaasException failure) when (CallFailure.IsOne(failure))
        {
            Failure = failure;
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _call?.DisposeAsync() ?? ValueTask.CompletedTask;
}
