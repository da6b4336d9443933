using System.Globalization;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;

namespace Baas.Core.Operations.Renewals;

/// <summary>Begins the renewals that are due: those that have the least time left first, a few at once, each network at most once a day.</summary>
internal sealed class RenewalSweep(RecordStore records, CertificateInventory inventory, RenewalOperations renewals, RenewalOptions options, TimeProvider clock)
{
    private const string Part = "certificate-renewal";

    /// <summary>Looks at every network that is ready.</summary>
    /// <returns>How many renewals were begun.</returns>
    /// <exception cref="RenewalSweepException">The certificates of some networks could not be read; all others were looked at.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return 0;
        }

        List<(NetworkReference Network, DateTimeOffset End)> due = [];
        List<BaasException> failures = [];
        var running = 0;
        await foreach (var (_, stored) in records.ListAsync<NetworkRecord>(RecordNames.Networks, null, cancellationToken))
        {
            var network = stored.Record;
            running += network.ActiveOperation is { } active && active == network.LastRenewal ? 1 : 0;
            try
            {
                if (network is { State: NetworkState.Ready, ActiveOperation: null } && await FirstEndAsync(network, cancellationToken) is { } end)
                {
                    due.Add((network.Reference, end));
                }
            }
            catch (BaasException failure)
            {
                failures.Add(failure);
            }
        }

        var begun = await BeginAsync(due, options.AtOnce - running, cancellationToken);
        return failures.Count == 0 ? begun : throw new RenewalSweepException(failures.Count, failures[0]);
    }

    // A renewal of today that has failed is not tried again before tomorrow, and takes nobody's place.
    private async Task<int> BeginAsync(List<(NetworkReference Network, DateTimeOffset End)> due, int most, CancellationToken cancellationToken)
    {
        var begun = 0;
        foreach (var (network, _) in due.OrderBy(one => one.End).TakeWhile(_ => begun < most))
        {
            begun += await BeginAsync(network, cancellationToken) ? 1 : 0;
        }

        return begun;
    }

    private async Task<DateTimeOffset?> FirstEndAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        var due = (await inventory.ReadAsync(network, cancellationToken)).SelectMany(set => set.Certificates).Where(certificate => certificate.IsDue).ToList();
        return due.Count == 0 ? null : due.Min(certificate => certificate.NotAfter);
    }

    private async Task<bool> BeginAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{Part}/{network}/{clock.GetUtcNow():yyyy-MM-dd}");
        try
        {
            var request = new ChangeRequest(Caller.Service(Part), network.Tenant, key, key);
            return (await renewals.BeginAsync(request, network.Network, new RenewalSelection(null, null, All: false), cancellationToken)).EndedAt is null;
        }
        catch (RefusedException)
        {
            return false; // it is at work, or was deleted meanwhile: the next sweep looks again
        }
    }
}
