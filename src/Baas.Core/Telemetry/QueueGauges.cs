using System.Diagnostics.Metrics;

namespace Baas.Core.Telemetry;

/// <summary>The gauges of the queue of work, as it was seen last.</summary>
public sealed class QueueGauges
{
    private Seen? _seen;

    internal QueueGauges(Meter meter)
    {
        meter.CreateObservableGauge("baas.queue.age", () => Single(seen => seen.Age), "s", "Age of the oldest message that waits; 0 when none does.");
        meter.CreateObservableGauge("baas.queue.messages", () => Single(seen => seen.Messages), null, "Messages in the queue.");
        meter.CreateObservableGauge("baas.queue.poison", () => Single(seen => seen.Poison), null, "Messages that were given up and wait for a person.");
    }

    /// <summary>Takes over what a look at the queue has found.</summary>
    /// <param name="age">How old the oldest message is.</param>
    /// <param name="messages">How many there are.</param>
    /// <param name="poison">How many were given up.</param>
    public void Report(TimeSpan age, int messages, int poison) => _seen = new Seen(age.TotalSeconds, messages, poison);

    private IEnumerable<Measurement<double>> Single(Func<Seen, double> value) => _seen is { } seen ? [new Measurement<double>(value(seen))] : [];

    private sealed record Seen(double Age, int Messages, int Poison);
}
