using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Baas.Core.Telemetry;

/// <summary>The one source of traces and the one meter, both named <c>Baas</c>. Tags hold names of types and codes, never customer data.</summary>
public static class BaasTelemetry
{
    /// <summary>The name under which a host subscribes.</summary>
    public const string Name = "Baas";

    private static readonly Meter Meter = new(Name);

    /// <summary>Traces: one per root workflow, with a span per attempt of a step.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Seconds per attempt of a step; tags <c>step</c> and <c>outcome</c>.</summary>
    public static Histogram<double> StepDuration { get; } = Meter.CreateHistogram(
        "baas.step.duration", "s", "Duration of one attempt of a step.", null, Buckets(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60));

    /// <summary>Seconds from start to end of a workflow; tags <c>workflow</c> and <c>outcome</c>.</summary>
    public static Histogram<double> WorkflowDuration { get; } = Meter.CreateHistogram(
        "baas.workflow.duration", "s", "Duration of a workflow.", null, Buckets(0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900));

    /// <summary>Attempts that failed and are tried again; tag <c>step</c>.</summary>
    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>("baas.step.retries", null, "Failed attempts that are tried again.");

    /// <summary>Steps that were undone; tags <c>step</c> and <c>outcome</c>.</summary>
    public static Counter<long> Compensations { get; } = Meter.CreateCounter<long>("baas.step.compensations", null, "Steps that were undone.");

    /// <summary>What the last look at all networks has found; the gauges of health read it.</summary>
    public static HealthGauges Health { get; } = new(Meter);

    /// <summary>How the queue of work stands.</summary>
    public static QueueGauges Queue { get; } = new(Meter);

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
