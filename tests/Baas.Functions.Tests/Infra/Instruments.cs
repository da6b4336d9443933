using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Baas.Core.Telemetry;

namespace Baas.Functions.Tests.Infra;

/// <summary>The instruments of the meter "Baas", as a listener sees them in this process, and their names in Prometheus.</summary>
internal static class Instruments
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["s"] = "seconds", ["d"] = "days", ["By"] = "bytes", ["1"] = "ratio" };

    /// <summary>All that are published once telemetry is there.</summary>
    public static IReadOnlyList<Instrument> All { get; } = Listen();

    /// <summary>The names under which an OpenTelemetry collector exports an instrument to Prometheus.</summary>
    public static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        var unit = Units.GetValueOrDefault(instrument.Unit ?? "");
        var full = unit is null || name.Split('_').Contains(unit) ? name : $"{name}_{unit}";
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Histogram<>) ? [$"{full}_bucket", $"{full}_count", $"{full}_sum"]
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? [$"{full}_total"]
            : [full];
    }

    private static List<Instrument> Listen()
    {
        RuntimeHelpers.RunClassConstructor(typeof(BaasTelemetry).TypeHandle);
        List<Instrument> found = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == BaasTelemetry.Name)
            {
                found.Add(instrument);
            }
        };
        listener.Start();
        return found;
    }
}
