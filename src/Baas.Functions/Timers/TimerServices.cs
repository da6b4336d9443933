using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Timers;

/// <summary>Registers the timers.</summary>
internal static class TimerServices
{
    /// <summary>Adds every timer, for the local host as one of all and for the Azure host by its type.</summary>
    public static IServiceCollection AddTimers(this IServiceCollection services) => services
        .AddTimer<SweepTimer>()
        .AddTimer<HealthTimer>()
        .AddTimer<AlertTimer>()
        .AddTimer<BackupTimer>()
        .AddTimer<RenewalTimer>();

    private static IServiceCollection AddTimer<TTimer>(this IServiceCollection services)
        where TTimer : class, IServiceTimer => services
        .AddSingleton<TTimer>()
        .AddSingleton<IServiceTimer>(provider => provider.GetRequiredService<TTimer>());
}
