using Baas.Core.Fabric.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Core.Fabric;

/// <summary>Registers what speaks to Fabric's nodes.</summary>
internal static class FabricServices
{
    /// <summary>Adds the sockets to all nodes. Everything else is made where it is used: it holds no state.</summary>
    public static IServiceCollection AddFabric(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FabricConnections>();
        return services;
    }
}
