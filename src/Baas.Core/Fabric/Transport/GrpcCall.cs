using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>One call in progress. Disposing it before its end resets the stream, so that the node stops working on it.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What comes back.</typeparam>
internal sealed class GrpcCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly string _node;
    private readonly GrpcMethod<TRequest, TResponse> _method;
    private readonly FabricConnections.Lease _lease;
    private readonly MessageStreamContent _requests = new();
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _stop;
    private readonly Task<HttpResponseMessage> _answer;
    private Stream? _responses;
    private bool _ended;

    /// <summary>Starts the call; the first write or read sees whether the node can be reached.</summary>
    internal GrpcCall(string node, Uri address, GrpcMethod<TRequest, TResponse> method, FabricConnections.Lease lease, TimeSpan deadline, CancellationToken cancellationToken)
    {
        _node = node;
        _method = method;
        _lease = lease;
        _caller = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop.CancelAfter(deadline);
        _answer = lease.Invoker.SendAsync(GrpcRequest.Of(new Uri(address, method.Path), _requests, deadline), _stop.Token);
    }

    /// <summary>Sends one message. After the call has ended it sends nothing; reading tells why it ended.</summary>
    /// <exception cref="GrpcException">The message is too long, or the deadline passed.</exception>
    public async Task WriteAsync(TRequest message)
    {
        if (message.CalculateSize() > GrpcFrame.LongestMessage)
        {
            throw GrpcException.Of(_node, _method.Path, GrpcStatus.ResourceExhausted, $"the message is larger than max ({GrpcFrame.LongestMessage} bytes)");
        }

        await GuardAsync(async () => await _requests.WriteAsync(GrpcFrame.Of(message), _stop.Token));
    }

    /// <summary>Says that no more messages are sent.</summary>
    public void Complete() => _requests.Complete();

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, or null when the call has ended well.</returns>
    /// <exception cref="GrpcException">The call ended otherwise.</exception>
    /// <exception cref="NodeUnreachableException">There is no connection.</exception>
    /// <exception cref="NodeUntrustedException">There is no trust.</exception>
    public Task<TResponse?> ReadAsync() => _ended ? Task.FromResult<TResponse?>(null) : GuardAsync(ReadNextAsync);

    /// <summary>Reads all messages to the end.</summary>
    /// <exception cref="GrpcException">The call ended otherwise than well.</exception>
    public async IAsyncEnumerable<TResponse> ReadAllAsync()
    {
        while (await ReadAsync() is { } message)
        {
            yield return message;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _stop.CancelAsync();
        }

        _requests.Complete();
        try
        {
            (await _answer).Dispose();
        }
        catch (Exception failure) when (failure is OperationCanceledException || TransportFailures.IsOne(failure))
        {
            // Whoever read has been told; who did not read does not want to know.
        }

        _requests.Dispose();
        _stop.Dispose();
        _lease.Dispose();
    }

    private async Task<TResponse?> ReadNextAsync()
    {
        var answer = await _answer;
        _responses ??= await OpenAsync(answer);
        if (await GrpcFrame.ReadAsync(_responses, _stop.Token) is { } message)
        {
            return _method.Parser.ParseFrom(message);
        }

        Judge(GrpcOutcome.In(answer.TrailingHeaders) ?? GrpcOutcome.Missing);
        return null;
    }

    private async Task<Stream> OpenAsync(HttpResponseMessage answer)
    {
        if (GrpcOutcome.BeforeMessages(answer) is { } outcome)
        {
            Judge(outcome);
        }

        return await answer.Content.ReadAsStreamAsync(_stop.Token);
    }

    private void Judge(GrpcOutcome outcome)
    {
        _ended = true;
        outcome.ThrowUnlessOk(_node, _method.Path);
    }

    private async Task<TResult> GuardAsync<TResult>(Func<Task<TResult>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException failure) when (!_caller.IsCancellationRequested)
        {
            throw TransportFailures.OfTimeout(_node, _method.Path, failure);
        }
        catch (Exception failure) when (TransportFailures.IsOne(failure))
        {
            throw TransportFailures.OfCall(_node, _method.Path, failure);
        }
    }
}
