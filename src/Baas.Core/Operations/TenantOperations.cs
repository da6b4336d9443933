using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations;

/// <summary>Makes, shows and removes tenants.</summary>
public sealed class TenantOperations(RecordStore records, TimeProvider clock)
{
    /// <summary>Makes a tenant.</summary>
    /// <exception cref="RefusedException"><c>tenant-exists</c>.</exception>
    public async Task<TenantRecord> CreateAsync(TenantName name, string? displayName, CancellationToken cancellationToken)
    {
        var (stored, wasThere) = await EnsureAsync(name, displayName, cancellationToken);
        return wasThere ? throw new RefusedException(RefusalKind.Conflict, "tenant-exists", $"cannot create tenant \"{name}\": it exists already") : stored;
    }

    /// <summary>Makes a tenant unless it is there.</summary>
    public async Task<(TenantRecord Tenant, bool WasThere)> EnsureAsync(TenantName name, string? displayName, CancellationToken cancellationToken)
    {
        var (stored, wasThere) = await records.PutIfAbsentAsync(
            RecordNames.Tenant(name), new TenantRecord(name, displayName ?? name.Value, clock.GetUtcNow()), cancellationToken);
        return (stored.Record, wasThere);
    }

    /// <summary>A tenant; throws when there is none.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>.</exception>
    public async Task<TenantRecord> GetAsync(TenantName name, CancellationToken cancellationToken) =>
        (await records.GetAsync<TenantRecord>(RecordNames.Tenant(name), cancellationToken))?.Record ?? throw Refusals.NoTenant(name);

    /// <summary>A page of the tenants in the order of their names.</summary>
    public Task<Page<TenantRecord>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        Page<TenantRecord>.ReadAsync(records, RecordNames.Tenants, page, cancellationToken);

    /// <summary>Removes a tenant that has no networks any more.</summary>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, <c>tenant-has-networks</c>.</exception>
    public async Task DeleteAsync(TenantName name, CancellationToken cancellationToken)
    {
        await GetAsync(name, cancellationToken);
        var networks = await Page<NetworkRecord>.ReadAsync(records, RecordNames.NetworksOf(name), new PageRequest(1), cancellationToken);
        if (networks.Items.Count > 0)
        {
            throw new RefusedException(RefusalKind.Conflict, "tenant-has-networks", $"cannot delete tenant \"{name}\": network \"{networks.Items[0].Reference.Network}\" is still there");
        }

        await records.DeleteAsync(RecordNames.Tenant(name), BlobCondition.None, cancellationToken);
    }
}
