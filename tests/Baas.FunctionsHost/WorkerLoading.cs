using System.Threading.Channels;
using Baas.FunctionsHost.Protocol;

namespace Baas.FunctionsHost;

/// <summary>What is said between host and worker until functions can run.</summary>
internal sealed class WorkerLoading(ChannelWriter<StreamingMessage> messages)
{
    private readonly Dictionary<string, string> _functions = new(StringComparer.Ordinal);
    private Uri? _http;
    private int _left;

    /// <summary>Answers a message.</summary>
    /// <returns>The worker, when this was the last one before it can run functions.</returns>
    public Worker? Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                Send(new StreamingMessage { WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.0.0", FunctionAppDirectory = AppContext.BaseDirectory, WorkerDirectory = AppContext.BaseDirectory } });
                return null;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                Check(message.WorkerInitResponse.Result);
                _http = new Uri(message.WorkerInitResponse.Capabilities["HttpUri"]);
                Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = AppContext.BaseDirectory } });
                return null;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                Check(message.FunctionMetadataResponse.Result);
                Load(message.FunctionMetadataResponse);
                return null;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                Check(message.FunctionLoadResponse.Result);
                return --_left == 0 ? new Worker(_http!, _functions, messages) : null;
            default:
                return null;
        }
    }

    private void Load(FunctionMetadataResponse functions)
    {
        _left = functions.FunctionMetadataResults.Count;
        foreach (var function in functions.FunctionMetadataResults)
        {
            _functions[function.Name] = function.FunctionId;
            Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        }
    }

    private static void Check(StatusResult result)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"the worker refuses: {result.Exception?.Message}");
        }
    }

    private void Send(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        messages.TryWrite(message);
    }
}
