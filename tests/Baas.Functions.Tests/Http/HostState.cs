using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Core.Steps.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

/// <summary>Puts a host into the state that a test begins with.</summary>
internal static class HostState
{
    /// <summary>Makes a tenant.</summary>
    public static Task GetTenantAsync(this IServiceProvider services, string tenant) =>
        services.GetRequiredService<TenantOperations>().EnsureAsync(TenantName.Parse(tenant), null, default);

    /// <summary>Ends an operation well, as the last step of its workflow does.</summary>
    public static Task EndAsync(this IServiceProvider services, string operation, string network) =>
        new RecordOutcome(services.GetRequiredService<RecordStore>(), TimeProvider.System).ApplyAsync(
            new RecordOutcome.Input(new(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse(network)), OperationId.Parse(operation), NetworkState.Ready, null), default);
}
