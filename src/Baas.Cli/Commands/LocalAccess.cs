using Baas.Cli.Settings;
using Baas.Functions.Hosting.Local;

namespace Baas.Cli.Commands;

/// <summary>Makes sure that this user can use a service which this process hosts.</summary>
internal static class LocalAccess
{
    /// <summary>Takes the key of the last time, or makes one; remembers where the service is now.</summary>
    public static async Task<KnownService> EnsureAsync(LocalService service, DirectoryInfo data, CancellationToken cancellationToken)
    {
        var name = data.FullName;
        var key = UserSettings.Load().Services.GetValueOrDefault(name)?.ApiKey;
        if (key is null || !await service.IsAdminKeyAsync(key, cancellationToken))
        {
            key = await service.IssueAdminKeyAsync($"{Environment.UserName} on {Environment.MachineName}", cancellationToken);
        }

        await service.EnsureTenantAsync(HostOptions.FirstTenant, cancellationToken);
        var known = new KnownService { Server = service.Address, Tenant = HostOptions.FirstTenant, ApiKey = key };
        UserSettings.Remember(name, known);
        return known;
    }
}
