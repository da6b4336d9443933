using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Baas.FunctionsHost.Protocol;
using Grpc.Core;

namespace Baas.FunctionsHost;

/// <summary>The host's end of its one connection with a worker; the worker may go, and another one come.</summary>
internal sealed class WorkerChannel : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _running = new();
    private TaskCompletionSource<Worker> _ready = New<Worker>();

    /// <summary>Called for each line that the worker logs.</summary>
    public Action<RpcLog> Logged { get; set; } = log => Console.Error.WriteLine($"worker: {log.Category}: {log.Message} {log.Exception?.Message}");

    /// <summary>The worker, once it has loaded its functions.</summary>
    public Task<Worker> ReadyAsync(CancellationToken cancellationToken) => Volatile.Read(ref _ready).Task.WaitAsync(cancellationToken);

    /// <summary>Runs a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="invocation">The id of this run.</param>
    /// <param name="cancellationToken">Ends the wait for a worker.</param>
    /// <param name="inputs">Its parameters.</param>
    /// <exception cref="WorkerProcessExitException">The worker went away before it answered.</exception>
    /// <exception cref="InvalidOperationException">The function failed.</exception>
    public Task<TypedData> InvokeAsync(string function, string invocation, CancellationToken cancellationToken, params (string Name, TypedData Value)[] inputs) =>
        InvokeAsync(function, invocation, [], inputs, cancellationToken);

    /// <summary>Runs a function whose trigger says something of itself.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="invocation">The id of this run.</param>
    /// <param name="facts">What the trigger says.</param>
    /// <param name="inputs">Its parameters.</param>
    /// <param name="cancellationToken">Ends the wait for a worker.</param>
    public async Task<TypedData> InvokeAsync(string function, string invocation, Dictionary<string, TypedData> facts, (string Name, TypedData Value)[] inputs, CancellationToken cancellationToken)
    {
        var worker = await ReadyAsync(cancellationToken);
        var answer = _running[invocation] = New<InvocationResponse>();
        var request = new InvocationRequest { InvocationId = invocation, FunctionId = worker.Functions[function], TraceContext = TraceOf(Activity.Current), RetryContext = new RetryContext() };
        request.TriggerMetadata.Add(facts);
        request.InputData.AddRange(inputs.Select(input => new ParameterBinding { Name = input.Name, Data = input.Value }));
        if (!worker.Messages.TryWrite(new StreamingMessage { RequestId = invocation, InvocationRequest = request }))
        {
            throw new WorkerProcessExitException();
        }

        var response = await answer.Task;
        return response.Result.Status == StatusResult.Types.Status.Success
            ? response.ReturnValue
            : throw new InvalidOperationException($"Result: {response.Result.Status}\nException: {response.Result.Exception?.Message}\nStack: {response.Result.Exception?.StackTrace}");
    }

    /// <inheritdoc/>
    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var messages = Channel.CreateUnbounded<StreamingMessage>();
        var sending = SendAsync(messages.Reader, responseStream);
        try
        {
            WorkerLoading loading = new(messages.Writer);
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                Take(requestStream.Current, loading);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It was killed.
        }

        messages.Writer.TryComplete();
        await Task.WhenAny(sending);
        Interlocked.Exchange(ref _ready, New<Worker>()).TrySetException(new WorkerProcessExitException());
        foreach (var invocation in _running.Keys)
        {
            Answer(invocation)?.TrySetException(new WorkerProcessExitException());
        }
    }

    private void Take(StreamingMessage message, WorkerLoading loading)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                Answer(message.InvocationResponse.InvocationId)?.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logged(message.RpcLog);
                break;
            default:
                if (loading.Take(message) is { } worker)
                {
                    Volatile.Read(ref _ready).TrySetResult(worker);
                }

                break;
        }
    }

    private static RpcTraceContext TraceOf(Activity? activity) => new() { TraceParent = activity?.Id ?? "", TraceState = activity?.TraceStateString ?? "" };

    private TaskCompletionSource<InvocationResponse>? Answer(string invocation) => _running.TryRemove(invocation, out var answer) ? answer : null;

    private static async Task SendAsync(ChannelReader<StreamingMessage> messages, IServerStreamWriter<StreamingMessage> stream)
    {
        await foreach (var message in messages.ReadAllAsync())
        {
            await stream.WriteAsync(message);
        }
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
