using Baas.Functions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Hosting.Azure;

/// <summary>What runs by the clock; one instance of the app runs each.</summary>
public sealed class TimerFunctions(IServiceProvider services)
{
    /// <summary>Each minute: mends operations whose starter or end was interrupted.</summary>
    [Function("OperationSweep")]
    public async Task SweepAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        _ = timer; // a run that is late is a run like any other
        using var _1 = services.GetRequiredService<DurableClients>().Use(client);
        await services.GetRequiredService<SweepTimer>().RunAsync(cancellationToken);
    }

    /// <summary>Each minute: looks at every network.</summary>
    [Function("HealthSweep")]
    public async Task HealthAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        _ = timer; // a run that is late is a run like any other
        using var _1 = services.GetRequiredService<DurableClients>().Use(client);
        await services.GetRequiredService<HealthTimer>().RunAsync(cancellationToken);
    }

    /// <summary>Every 15 seconds: sends messages to webhooks.</summary>
    [Function("AlertDelivery")]
    public async Task AlertsAsync([TimerTrigger("*/15 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        await services.GetRequiredService<AlertTimer>().RunAsync(cancellationToken);
    }
}
