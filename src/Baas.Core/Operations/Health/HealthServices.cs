using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Core.Operations.Health;

/// <summary>Registers the use cases of health.</summary>
internal static class HealthServices
{
    /// <summary>Adds them; who looks at networks is registered with the steps.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton<HealthOptions>();
        return services
            .AddSingleton<WebhookSender>()
            .AddSingleton<AlertOutbox>()
            .AddSingleton<HealingOperations>()
            .AddSingleton<NetworkCheck>()
            .AddSingleton<HealthSweep>()
            .AddSingleton<HealthQueries>()
            .AddSingleton<Webhooks>();
    }
}
