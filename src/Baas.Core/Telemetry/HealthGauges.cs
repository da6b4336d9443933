using System.Diagnostics.Metrics;

namespace Baas.Core.Telemetry;

/// <summary>The gauges of health. Totals only: whose network it is stands in the API, not in metrics.</summary>
public sealed class HealthGauges
{
    private IReadOnlyDictionary<string, int> _networks = new Dictionary<string, int>();
    private IReadOnlyDictionary<string, int> _alerts = new Dictionary<string, int>();
    private double? _certificateDays;
    private double? _backupAge;
    private double? _sweepSeconds;

    internal HealthGauges(Meter meter)
    {
        meter.CreateObservableGauge("baas.networks", () => Tagged(_networks, "health"), null, "Networks by health.");
        meter.CreateObservableGauge("baas.alerts.firing", () => Tagged(_alerts, "rule"), null, "Alerts that fire, by rule.");
        meter.CreateObservableGauge("baas.certificates.days_left", () => Single(_certificateDays), "d", "Days until the first certificate of any network expires.");
        meter.CreateObservableGauge("baas.backup.age", () => Single(_backupAge), "s", "Age of the oldest last good backup of any network that has one.");
        meter.CreateObservableGauge("baas.health.sweep.duration", () => Single(_sweepSeconds), "s", "Duration of the last look at all networks.");
    }

    /// <summary>Takes over what a look at all networks has found.</summary>
    /// <param name="networks">Networks by health.</param>
    /// <param name="alerts">Firing alerts by rule.</param>
    /// <param name="certificateDays">Days until the first certificate expires; null when there is none.</param>
    /// <param name="backupAge">The age of the oldest last good backup; null when there is none.</param>
    /// <param name="sweep">How long the look took.</param>
    public void Report(IReadOnlyDictionary<string, int> networks, IReadOnlyDictionary<string, int> alerts, int? certificateDays, TimeSpan? backupAge, TimeSpan sweep)
    {
        (_networks, _alerts) = (networks, alerts);
        (_certificateDays, _backupAge, _sweepSeconds) = (certificateDays, backupAge?.TotalSeconds, sweep.TotalSeconds);
    }

    private static IEnumerable<Measurement<int>> Tagged(IReadOnlyDictionary<string, int> counts, string tag) =>
        counts.Select(count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>(tag, count.Key)));

    private static IEnumerable<Measurement<double>> Single(double? value) => value is { } known ? [new Measurement<double>(known)] : [];
}
