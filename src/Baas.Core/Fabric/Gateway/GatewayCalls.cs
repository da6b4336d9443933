using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Transport;
using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>
/// Calls one of several gateways: the one that answered last, and the next ones when it is not there. Every call may be made again:
/// evaluating and endorsing have no effect, asking neither, and a transaction that is submitted twice counts once, by its id.
/// </summary>
internal sealed class GatewayCalls(IReadOnlyList<NodeConnection> peers, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A call that is cut off by the deadline would make "refused" into "unknown".
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private int _preferred;

    /// <summary>The peer that is asked first.</summary>
    public NodeConnection Preferred => peers[Volatile.Read(ref _preferred)];

    /// <summary>Calls each peer at most once.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="request">The message.</param>
    /// <param name="deadline">For all peers together.</param>
    /// <param name="transactionId">The transaction, for the failure.</param>
    /// <param name="fail">Makes the failure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TimeSpan deadline,
        string transactionId,
        Func<string, CallFailure, GatewayException> fail,
        CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        RoundAsync(method, request, deadline, transactionId, fail, null, cancellationToken);

    /// <summary>Calls all peers again and again while orderers are away, as they are between two leaders, and a second is left for the call.</summary>
    /// <inheritdoc cref="CallAsync"/>
    public async Task<TResponse> RepeatAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TimeSpan deadline,
        string transactionId,
        Func<string, CallFailure, GatewayException> fail,
        CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var begun = clock.GetTimestamp();
        CallFailure? failed = null;
        while (true)
        {
            try
            {
                return await RoundAsync(method, request, deadline - clock.GetElapsedTime(begun), transactionId, fail, failed, cancellationToken);
            }
            catch (GatewayException failure) when (failure.Failure.IsAbsence && clock.GetElapsedTime(begun) + Pause + Turn < deadline)
            {
                failed = failure.Failure;
                await Task.Delay(Pause, clock, cancellationToken);
                if (clock.GetElapsedTime(begun) + Turn >= deadline)
                {
                    throw; // the pause has lasted longer than it was to
                }
            }
        }
    }

    private async Task<TResponse> RoundAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TimeSpan deadline,
        string transactionId,
        Func<string, CallFailure, GatewayException> fail,
        CallFailure? failed,
        CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var begun = clock.GetTimestamp();
        var first = Volatile.Read(ref _preferred);
        for (var turn = 0; ; turn++)
        {
            var (index, left) = ((first + turn) % peers.Count, deadline - clock.GetElapsedTime(begun));
            try
            {
                var answer = await peers[index].CallAsync(method, request, left > Least ? left : Least, cancellationToken);
                Volatile.Write(ref _preferred, index);
                return answer;
            }
            catch (BaasException failure) when (CallFailure.IsOne(failure))
            {
                failed = CallFailure.Of(peers[index].Endpoint, failure, failed);
                if (!failed.IsAbsence || turn + 1 >= peers.Count || clock.GetElapsedTime(begun) >= deadline)
                {
                    throw fail(transactionId, failed);
                }
            }
        }
    }
}
