using Baas.FunctionsHost.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json.Linq;

namespace Baas.FunctionsHost;

/// <summary>The app's durable functions as Durable Functions' own extension sees them: each hands its trigger to the worker.</summary>
public sealed class DurableFunctions(IServiceProvider services)
{
    private readonly WorkerChannel _worker = (WorkerChannel)services.GetService(typeof(WorkerChannel))!;
    private readonly TaskCompletionSource<string> _client = (TaskCompletionSource<string>)services.GetService(typeof(TaskCompletionSource<string>))!;

    /// <summary>One turn of a workflow.</summary>
    [FunctionName("Workflow")]
    public Task<object?> WorkflowAsync([OrchestrationTrigger] string context) => InvokeAsync("Workflow", "context", context);

    /// <summary>One attempt of a step.</summary>
    [FunctionName("Step")]
    public Task<object?> StepAsync([ActivityTrigger] string call) => InvokeAsync("Step", "call", call);

    /// <summary>Learns what functions with a durable client are given for it.</summary>
    [NoAutomaticTrigger]
    [FunctionName(nameof(LearnClient))]
    public void LearnClient([DurableClient] string client) => _client.TrySetResult(client);

    private async Task<object?> InvokeAsync(string function, string parameter, string value)
    {
        var result = await _worker.InvokeAsync(function, Guid.NewGuid().ToString(), CancellationToken.None, (parameter, new TypedData { String = value }));
        return result.DataCase switch
        {
            TypedData.DataOneofCase.Json when JToken.Parse(result.Json) is var json => json is JValue text ? text.Value : json,
            TypedData.DataOneofCase.String => result.String,
            _ => throw new InvalidOperationException($"function {function} answers with {result.DataCase}"),
        };
    }
}
