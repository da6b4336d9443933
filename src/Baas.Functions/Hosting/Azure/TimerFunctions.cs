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
    public Task SweepAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync<SweepTimer>(timer, client, cancellationToken);

    /// <summary>Each minute: looks at every network.</summary>
    [Function("HealthSweep")]
    public Task HealthAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync<HealthTimer>(timer, client, cancellationToken);

    /// <summary>Every 15 seconds: sends messages to webhooks.</summary>
    [Function("AlertDelivery")]
    public Task AlertsAsync([TimerTrigger("*/15 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync<AlertTimer>(timer, client, cancellationToken);

    /// <summary>Every five minutes: begins the backups that are due.</summary>
    [Function("BackupSchedule")]
    public Task BackUpAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync<BackupTimer>(timer, client, cancellationToken);

    /// <summary>Each hour: begins renewals of certificates that are due.</summary>
    [Function("CertificateRenewal")]
    public Task RenewAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        RunAsync<RenewalTimer>(timer, client, cancellationToken);

    private async Task RunAsync<TTimer>(TimerInfo timer, DurableTaskClient client, CancellationToken cancellationToken)
        where TTimer : IServiceTimer
    {
        _ = timer; // a run that is late is a run like any other
        using var _1 = services.GetRequiredService<DurableClients>().Use(client);
        await services.GetRequiredService<TTimer>().RunAsync(cancellationToken);
    }
}
