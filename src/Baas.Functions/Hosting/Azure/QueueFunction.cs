using Baas.Core.Operations.Queues;
using Baas.Core.Storage.Queues;
using Baas.Functions.Hosting.Cloud;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Works off the queue; the host holds a message meanwhile, and deletes it when this returns.</summary>
public sealed class QueueFunction(IServiceProvider services)
{
    /// <summary>Handles one message.</summary>
    [Function("WorkQueue")]
    public async Task RunAsync([QueueTrigger(QueueNames.Work)] string content, FunctionContext context, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var _ = services.GetRequiredService<DurableClients>().Use(client);
        var message = HostMessage.Of(content, context.BindingContext.BindingData, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await services.GetRequiredService<MessageHandler>().HandleAsync(message, cancellationToken);
    }
}
