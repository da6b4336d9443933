using Baas.Core.Fabric.Gateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Core.Operations.Transactions;

/// <summary>Registers what evaluates and submits transactions.</summary>
internal static class TransactionServices
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddTransactions(this IServiceCollection services)
    {
        services.TryAddSingleton<GatewayDeadlines>();
        return services
            .AddSingleton<NetworkGateways>()
            .AddSingleton<KeyedSubmissions>()
            .AddSingleton<TransactionOperations>();
    }
}
