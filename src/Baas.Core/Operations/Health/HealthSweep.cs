using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Telemetry;

namespace Baas.Core.Operations.Health;

/// <summary>
/// Looks at every network once. Networks are looked at side by side, each with a deadline of its own, and one whose cluster does not answer
/// holds up no other. It changes nothing but records; what it heals is an operation of its own.
/// </summary>
internal sealed class HealthSweep(RecordStore records, INetworkObserver observer, NetworkCheck check, PoisonMessages poison, HealthOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan QueueLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _slots = new(Math.Max(1, options.Parallel));

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Runs once.</summary>
    /// <exception cref="HealthSweepException">Some networks could not be looked at for a reason of Baas's own; all others were.</exception>
    public async Task<HealthSweepReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var round = observer.BeginRound(cancellationToken);
        var givenUp = AskQueueAsync(cancellationToken);
        HashSet<string> there = new(StringComparer.Ordinal);
        List<Task<Outcome>> looks = [];
        await foreach (var (_, network) in records.ListAsync<NetworkRecord>(RecordNames.Networks, null, cancellationToken))
        {
            there.Add(network.Record.Reference.ToString());
            if (network.Record.State is NetworkState.Ready or NetworkState.Failed)
            {
                looks.Add(LookAsync(round, network.Record, givenUp, cancellationToken));
            }
        }

        var outcomes = await Task.WhenAll(looks);
        await ForgetAsync(there, cancellationToken);
        var report = new HealthSweepReport([.. outcomes.Select(outcome => outcome.Health).OfType<NetworkHealth>()], clock.GetElapsedTime(began));
        Measure(report);
        var failures = outcomes.Select(outcome => outcome.Failure).OfType<BaasException>().ToList();
        return failures.Count == 0 ? report : throw new HealthSweepException(failures.Count, failures[0]);
    }

    private async Task<Outcome> LookAsync(IObservationRound round, NetworkRecord network, Task<IReadOnlyList<PoisonView>?> givenUp, CancellationToken cancellationToken)
    {
        // Before a slot is taken: who waits for a cluster that hangs must not keep others from being looked at.
        await round.ClustersAsync(network.Spec);
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return new Outcome(await check.RunAsync(round, network, await givenUp, cancellationToken), null);
        }
        catch (BaasException failure)
        {
            return new Outcome(null, failure);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Null when it does not say in time: the networks are looked at all the same.
    private async Task<IReadOnlyList<PoisonView>?> AskQueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await poison.ListAsync(null, cancellationToken).WaitAsync(QueueLimit, clock, cancellationToken);
        }
        catch (Exception failure) when (failure is StorageException or TimeoutException)
        {
            return null;
        }
    }

    // What is on record of networks that are gone.
    private async Task ForgetAsync(HashSet<string> there, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { RecordNames.Health, RecordNames.HealthEventsFolder, RecordNames.HealthSettingsFolder })
        {
            await foreach (var name in records.NamesAsync(folder, cancellationToken))
            {
                // One that came since the list was read has a record by now.
                var network = name[folder.Length..];
                if (!there.Contains(network[..^".json".Length]) && await records.GetAsync<NetworkRecord>(RecordNames.Networks + network, cancellationToken) is null)
                {
                    await records.DeleteAsync(name, BlobCondition.None, cancellationToken);
                }
            }
        }
    }

    private void Measure(HealthSweepReport report)
    {
        var now = clock.GetUtcNow();
        var days = report.Networks.SelectMany(network => network.Nodes).Min(node => node.CertificateDays);
        var oldest = report.Networks.Min(network => network.LastBackup);
        BaasTelemetry.Health.Report(
            report.Networks.CountBy(network => network.State).ToDictionary(count => count.Key.ToString().ToLowerInvariant(), count => count.Value),
            report.Networks.SelectMany(network => network.Alerts).Where(alert => alert.State == AlertState.Firing).CountBy(alert => alert.Rule).ToDictionary(count => count.Key, count => count.Value),
            days,
            now - oldest,
            report.Duration);
    }

    private sealed record Outcome(NetworkHealth? Health, BaasException? Failure);
}
