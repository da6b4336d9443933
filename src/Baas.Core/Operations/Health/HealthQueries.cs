using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Health;

/// <summary>Shows how networks are, and what is set for them.</summary>
internal sealed class HealthQueries(RecordStore records, NetworkOperations networks, TenantOperations tenants, HealthOptions options)
{
    /// <summary>How a network is.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>health-not-known-yet</c>.</exception>
    public async Task<NetworkHealth> GetAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await networks.GetAsync(network, cancellationToken);
        return (await records.GetAsync<NetworkHealth>(RecordNames.HealthOfNetwork(network), cancellationToken))?.Record
            ?? throw new RefusedException(RefusalKind.NotFound, "health-not-known-yet", $"cannot tell how network \"{network.Network}\" is: it has not been looked at yet, which happens each minute once it is ready");
    }

    /// <summary>A network's events, newest first.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<IReadOnlyList<HealthEvent>> EventsAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await networks.GetAsync(network, cancellationToken);
        return (await records.GetAsync<HealthEvents>(RecordNames.HealthEvents(network), cancellationToken))?.Record.Items ?? [];
    }

    /// <summary>How a tenant's networks are, in the order of their names.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>.</exception>
    public async Task<Page<NetworkHealth>> ListAsync(TenantName tenant, PageRequest page, CancellationToken cancellationToken)
    {
        await tenants.GetAsync(tenant, cancellationToken);
        return await Page<NetworkHealth>.ReadAsync(records, RecordNames.HealthOf(tenant), page, cancellationToken);
    }

    /// <summary>A tenant's alerts that fire, the gravest first.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>.</exception>
    public async Task<IReadOnlyList<(NetworkName Network, Alert Alert)>> AlertsAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        await tenants.GetAsync(tenant, cancellationToken);
        List<(NetworkName Network, Alert Alert)> firing = [];
        await foreach (var (_, stored) in records.ListAsync<NetworkHealth>(RecordNames.HealthOf(tenant), null, cancellationToken))
        {
            firing.AddRange(stored.Record.Alerts.Where(alert => alert.State == AlertState.Firing).Select(alert => (stored.Record.Network.Network, alert)));
        }

        return [.. firing.OrderByDescending(one => one.Alert.Severity).ThenBy(one => one.Alert.FiringSince)];
    }

    /// <summary>What is set for a network.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<HealthSettings> SettingsAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await networks.GetAsync(network, cancellationToken);
        return (await records.GetAsync<HealthSettings>(RecordNames.HealthSettings(network), cancellationToken))?.Record ?? new HealthSettings(options.SelfHealing);
    }

    /// <summary>Sets it.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<HealthSettings> SetAsync(NetworkReference network, HealthSettings settings, CancellationToken cancellationToken)
    {
        await networks.GetAsync(network, cancellationToken);
        return (await records.PutAsync(RecordNames.HealthSettings(network), settings, BlobCondition.None, cancellationToken)).Record;
    }
}
