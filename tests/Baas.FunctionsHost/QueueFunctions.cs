using System.Text.Json;
using Baas.Core.Storage.Queues;
using Baas.FunctionsHost.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace Baas.FunctionsHost;

/// <summary>The app's queue function as the host's own extension for queues sees it: each message goes to the worker, with what is known of it.</summary>
public sealed class QueueFunctions(IServiceProvider services)
{
    private readonly WorkerChannel _worker = (WorkerChannel)services.GetService(typeof(WorkerChannel))!;

    /// <summary>One delivery of a message. When this fails, the extension delivers it again, and after the last time puts it into the poison queue.</summary>
    [FunctionName("WorkQueue")]
    public Task HandleAsync(
        [QueueTrigger(QueueNames.Work)] string content, string id, long dequeueCount, DateTimeOffset insertionTime, [DurableClient] string client, CancellationToken cancellationToken)
    {
        Dictionary<string, TypedData> facts = new(StringComparer.Ordinal)
        {
            ["Id"] = new() { String = id },
            ["DequeueCount"] = new() { Json = JsonSerializer.Serialize(dequeueCount) }, // the host sends all but text so
            ["InsertionTime"] = new() { Json = JsonSerializer.Serialize(insertionTime) },
        };
        return _worker.InvokeAsync(
            "WorkQueue", Guid.NewGuid().ToString(), facts, [("content", new TypedData { String = content }), ("client", new TypedData { String = client })], cancellationToken);
    }
}
